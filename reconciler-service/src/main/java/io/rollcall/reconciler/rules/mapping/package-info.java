/**
 * Where the fields of an account come from: {@code Mapping} has an {@code Expression} a
 * field, and {@code EmailMapping} for the address. An expression is parsed once, when
 * rules are read; it gives a {@code Value} for each directory user. {@code Catalogue} is
 * what Graph has to offer, against which expressions are checked before they are
 * published. <pre>
 * expression = attribute | quoted | call
 * attribute  = name { "." name }
 * call       = name "(" argument { "," argument } ")"
 * argument   = expression | number
 * name       = letter { letter | digit | "_" }
 * quoted     = "'" { any character but ' | "''" } "'"
 * number     = [ "-" ] digit { digit }
 * </pre> White space may stand between any two of these but within a name, an attribute
 * or a number; letters and digits are ASCII. {@code Function} has the names that can be
 * called. An expression has at most 500 characters and is nested at most 10 deep, and
 * what it gives is cut after 1,000 characters. There are no loops, no variables and
 * nothing that reaches outside: it ends in a time that its length and the user's
 * attributes limit.
 */
@NullMarked
package io.rollcall.reconciler.rules.mapping;

import org.jspecify.annotations.NullMarked;
