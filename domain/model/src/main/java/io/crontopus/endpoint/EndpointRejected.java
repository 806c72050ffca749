package io.crontopus.endpoint;

/** The endpoint does not exist, or is not trusted any more. */
public final class EndpointRejected extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public EndpointRejected(EndpointId endpoint) {
    super("no endpoint " + endpoint.value(), null, false, false);
  }
}
