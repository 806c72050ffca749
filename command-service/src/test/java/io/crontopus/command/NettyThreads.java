package io.crontopus.command;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * What a thread of Netty may do in every test of this module, beside computing. BlockHound, which
 * the test platform installs before the first test, fails whatever else blocks there.
 */
public final class NettyThreads implements BlockHoundIntegration {

  @Override
  public void applyTo(BlockHound.Builder builder) {
    // reads /dev/urandom, which answers at once: identifiers and secrets are made from it
    builder.allowBlockingCallsInside("sun.security.provider.NativePRNG", "engineNextBytes");
  }
}
