package io.crontopus.bench.system;

import io.crontopus.bench.session.BenchFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/** Where another JVM is while it works, as its flight recorder samples its Java threads. */
public final class Samples {

  private static final double PERCENT = 100;

  private final List<RecordedStackTrace> stacks;

  private Samples(List<RecordedStackTrace> stacks) {
    this.stacks = stacks;
  }

  /**
   * Samples every ten milliseconds while {@code load} goes on.
   *
   * @param file where the recording is kept meanwhile; that JVM has to be able to write it
   */
  public static Samples during(long pid, Path file, Runnable load) throws InterruptedException {
    String name = "name=bench";
    Jcmd.ask(
        pid,
        "JFR.start",
        name,
        "settings=none",
        "+jdk.ExecutionSample#enabled=true",
        "+jdk.ExecutionSample#period=10ms");
    load.run();
    String answer = Jcmd.ask(pid, "JFR.stop", name, "filename=" + file);
    try {
      List<RecordedStackTrace> stacks =
          RecordingFile.readAllEvents(file).stream()
              .filter(event -> event.getEventType().getName().equals("jdk.ExecutionSample"))
              .map(RecordedEvent::getStackTrace)
              .filter(Objects::nonNull)
              .toList();
      if (stacks.isEmpty()) {
        throw new BenchFailure("the flight recorder took no samples: " + answer.strip());
      }
      return new Samples(stacks);
    } catch (IOException e) {
      throw new BenchFailure("no flight recording: " + answer.strip(), e);
    }
  }

  /** How many there are. */
  public int count() {
    return stacks.size();
  }

  /**
   * The share of samples that are in certain code or in what it calls, in percent.
   *
   * @param inside whether the code of this class is meant
   * @param beyond where it hands over: what is called from there is not its own any more
   */
  public double percentIn(Predicate<String> inside, Predicate<String> beyond) {
    long in = stacks.stream().filter(stack -> owner(stack, inside, beyond).isPresent()).count();
    return PERCENT * in / Math.max(1, stacks.size());
  }

  /**
   * The methods that the most of {@linkplain #percentIn these samples} are in, as {@code
   * Class.method percent}, the most first.
   */
  public List<String> most(int methods, Predicate<String> inside, Predicate<String> beyond) {
    return stacks.stream()
        .map(stack -> owner(stack, inside, beyond))
        .flatMap(Optional::stream)
        .collect(Collectors.groupingBy(Samples::name, Collectors.counting()))
        .entrySet()
        .stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(methods)
        .map(e -> "%s %.2f".formatted(e.getKey(), PERCENT * e.getValue() / stacks.size()))
        .toList();
  }

  private static String name(RecordedMethod method) {
    String type = method.getType().getName();
    return type.substring(type.lastIndexOf('.') + 1) + "." + method.getName();
  }

  /** The innermost method of that code that a sample is in. */
  private static Optional<RecordedMethod> owner(
      RecordedStackTrace stack, Predicate<String> inside, Predicate<String> beyond) {
    for (RecordedFrame frame : stack.getFrames()) {
      String type = frame.getMethod().getType().getName();
      if (inside.test(type)) {
        return Optional.of(frame.getMethod());
      }
      if (beyond.test(type)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
