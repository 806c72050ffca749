package io.crontopus.bench.checkins;

import io.crontopus.bench.load.Template;
import io.crontopus.bench.platform.BenchPlatform;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Requests that check in: a run that has ended, as a job wrapper reports it. */
public final class CheckIns {

  /** The run's id: the number of the check-in behind this. */
  public static final String PREFIX = "bench-";

  /** A check-in; a thousand jobs take turns. */
  public static final String BODY =
      """
      {"job_name":"job-{m}","run_id":"bench-{n}","status":"success","exit_code":0,\
      "started_at":"2026-01-01T03:00:00.000Z","finished_at":"2026-01-01T03:00:02.250Z","duration":2.25,\
      "output":"backed up 1204 files, 0 failed\\n"}""";

  /** What stands in the answer to a batch for each check-in that was taken as new. */
  public static final String TAKEN = "\"code\":201";

  private CheckIns() {}

  /** One check-in a request. */
  public static Template single(BenchPlatform platform) {
    return Template.post(
        platform.address(),
        "/api/checkins",
        platform.token(),
        "",
        Collections.singletonList(BODY),
        "");
  }

  /** {@code size} check-ins a request. */
  public static Template batch(BenchPlatform platform, int size) {
    List<String> items = new ArrayList<>(Collections.nCopies(size, "," + BODY));
    items.set(0, BODY);
    return Template.post(
        platform.address(),
        "/api/checkins/batch",
        platform.token(),
        "{\"checkins\":[",
        items,
        "]}");
  }

  /** The id of the run of check-in {@code number}. */
  public static String run(long number) {
    return PREFIX + "%012d".formatted(number);
  }
}
