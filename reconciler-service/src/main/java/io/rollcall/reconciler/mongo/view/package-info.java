/** The views on MongoDB: plain reads of the documents that the flow writes. */
@NullMarked
package io.rollcall.reconciler.mongo.view;

import org.jspecify.annotations.NullMarked;
