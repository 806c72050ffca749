package io.crontopus.web.edge;

import io.crontopus.web.edge.RequestWatch.Fault;
import io.crontopus.web.edge.RequestWatch.Patience;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * What the server grants to connections. Reactor Netty's own time-outs of a request and of a read
 * hold for every route, and agents' streams stay open for days; so those are left alone, and a
 * {@link RequestWatch} tells one request from the other.
 */
final class SlowClients implements NettyServerCustomizer {

  private static final String DROPPED = "crontopus.http.dropped";

  private final HttpSettings.Clients settings;
  private final Patience patience;
  private final Connections connections;
  private final Counter tooMany;
  private final Map<Fault, Counter> faults = new EnumMap<>(Fault.class);

  SlowClients(HttpSettings settings, MeterRegistry metrics) {
    this.settings = settings.clients();
    this.patience = Patience.of(settings.clients());
    this.connections =
        new Connections(
            this.settings.connections(),
            this.settings.connectionsOfOne(),
            settings.trustedProxies());
    this.tooMany = metrics.counter(DROPPED, "reason", "connections");
    for (Fault fault : Fault.values()) {
      String reason = fault.name().toLowerCase(Locale.ROOT);
      faults.put(fault, metrics.counter(DROPPED, "reason", reason));
    }
  }

  @Override
  public HttpServer apply(HttpServer server) {
    return server
        .idleTimeout(settings.idleTimeout())
        .httpRequestDecoder(
            decoder ->
                decoder
                    .maxHeaderSize(Math.toIntExact(settings.headerSize().toBytes()))
                    .maxInitialLineLength(Math.toIntExact(settings.headerSize().toBytes())))
        .doOnChannelInit((_, channel, remote) -> watch(channel, remote));
  }

  private void watch(Channel channel, @Nullable SocketAddress remote) {
    ChannelPipeline pipeline = channel.pipeline();
    if (pipeline.get(NettyPipeline.HttpCodec) == null) {
      return; // the listening channel, not a connection
    }
    InetAddress address =
        remote instanceof InetSocketAddress internet && internet.getAddress() != null
            ? internet.getAddress()
            : InetAddress.getLoopbackAddress();
    boolean room = connections.opened(address);
    var _ = channel.closeFuture().addListener(_ -> connections.closed(address));
    if (!room) {
      tooMany.increment();
      var _ = channel.close();
      return;
    }
    RequestWatch watch = new RequestWatch(patience, this::count);
    pipeline.addBefore(NettyPipeline.HttpCodec, "crontopus.bytes", watch.bytes());
    pipeline.addAfter(NettyPipeline.HttpCodec, "crontopus.messages", watch.messages());
  }

  private void count(Fault fault) {
    Counter counter = faults.get(fault);
    if (counter != null) {
      counter.increment();
    }
  }
}
