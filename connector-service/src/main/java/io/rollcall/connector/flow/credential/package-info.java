/**
 * What connections can show to Entra besides a secret: certificates, whose keys are made
 * here or uploaded, and the tokens of configured issuers.
 */
@NullMarked
package io.rollcall.connector.flow.credential;

import org.jspecify.annotations.NullMarked;
