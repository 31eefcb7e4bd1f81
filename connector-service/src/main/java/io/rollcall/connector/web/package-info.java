/**
 * What the outside calls: Graph's webhook, and the REST API for people.
 */
@NullMarked
package io.rollcall.connector.web;

import org.jspecify.annotations.NullMarked;
