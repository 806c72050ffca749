package io.crontopus.endpoint;

/** What endpoints prove who they are with, changed in the transaction that appends their events. */
@FunctionalInterface
public interface EndpointCredentials {

  /** Takes all of the endpoint's credentials out of use. */
  void revoke(EndpointId endpoint);
}
