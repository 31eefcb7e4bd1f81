/** The views on MongoDB: plain reads of the documents that apply writes. */
@NullMarked
package io.rollcall.reconciler.mongo.view;

import org.jspecify.annotations.NullMarked;
