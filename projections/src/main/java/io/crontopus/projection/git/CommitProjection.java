package io.crontopus.projection.git;

import static io.crontopus.projection.SqlTime.sqlTime;

import io.crontopus.eventstore.StoredEvent;
import io.crontopus.git.ChangedFile;
import io.crontopus.git.events.CommitObserved;
import io.crontopus.projection.Json;
import io.crontopus.projection.Projection;
import io.crontopus.projection.ProjectionSession;
import io.crontopus.projection.history.History;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps {@code git_commit}, and what is wrong in the manifests, now and then. */
public final class CommitProjection implements Projection {

  @Override
  public String name() {
    return "commits";
  }

  @Override
  public Set<Class<?>> events() {
    return Set.of(CommitObserved.class);
  }

  @Override
  public List<String> tables() {
    return List.of("git_commit", "manifest_problem", "manifest_problem_history");
  }

  @Override
  public void apply(List<StoredEvent> batch, ProjectionSession session) {
    History history = new History(session.sql(), "manifest_problem", "path");
    for (StoredEvent stored : batch) {
      CommitObserved observed = (CommitObserved) stored.event();
      observed(session.jdbc(), observed, stored.position());
      for (ChangedFile file : observed.files()) {
        history.begin(stored.position(), observed.tenantId(), file.path());
        problems(session.jdbc(), observed, file);
      }
    }
    history.write();
  }

  private static void observed(JdbcClient jdbc, CommitObserved e, long position) {
    jdbc.sql(
            """
            INSERT INTO git_commit
              (tenant_id, commit_id, parent_id, author_name, author_email, message, committed_at, pushed_by,
               observed_at, files, position)
            VALUES (:tenant, :commit, :parent, :author, :email, :message, :committed, :pushedBy, :observed,
                    cast(:files AS jsonb), :position)
            """)
        .param("tenant", e.tenantId())
        .param("commit", e.commit())
        .param("parent", e.parent())
        .param("author", e.authorName())
        .param("email", e.authorEmail())
        .param("message", e.message())
        .param("committed", sqlTime(e.committedAt()))
        .param("pushedBy", e.pushedBy())
        .param("observed", sqlTime(e.observedAt()))
        .param("files", Json.write(e.files()))
        .param("position", position)
        .update();
  }

  private static void problems(JdbcClient jdbc, CommitObserved e, ChangedFile file) {
    jdbc.sql("DELETE FROM manifest_problem WHERE tenant_id = :tenant AND path = :path")
        .param("tenant", e.tenantId())
        .param("path", file.path())
        .update();
    if (!file.problems().isEmpty()) {
      jdbc.sql(
              """
              INSERT INTO manifest_problem (tenant_id, path, commit_id, problems)
              VALUES (:tenant, :path, :commit, cast(:problems AS jsonb))
              """)
          .param("tenant", e.tenantId())
          .param("path", file.path())
          .param("commit", e.commit())
          .param("problems", Json.write(file.problems()))
          .update();
    }
  }
}
