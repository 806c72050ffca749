package io.crontopus.projection.git;

import static io.crontopus.projection.SqlTime.sqlTime;

import io.crontopus.git.ChangedFile;
import io.crontopus.git.events.CommitObserved;
import io.crontopus.projection.EventContext;
import io.crontopus.projection.Json;
import io.crontopus.projection.Projection;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps {@code read_model.git_commit}, and what is wrong in the manifests as they are now. */
public final class CommitProjection implements Projection {

  private final JdbcClient jdbc;

  public CommitProjection(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String name() {
    return "commits";
  }

  @Override
  public void handle(Object event, EventContext context) {
    if (event instanceof CommitObserved observed) {
      observed(observed, context.position());
      observed.files().forEach(file -> problems(observed, file));
    }
  }

  @Override
  public void reset() {
    jdbc.sql("TRUNCATE read_model.git_commit, read_model.manifest_problem").update();
  }

  private void observed(CommitObserved e, long position) {
    jdbc.sql(
            """
            INSERT INTO read_model.git_commit
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

  private void problems(CommitObserved e, ChangedFile file) {
    jdbc.sql("DELETE FROM read_model.manifest_problem WHERE tenant_id = :tenant AND path = :path")
        .param("tenant", e.tenantId())
        .param("path", file.path())
        .update();
    if (!file.problems().isEmpty()) {
      jdbc.sql(
              """
              INSERT INTO read_model.manifest_problem (tenant_id, path, commit_id, problems)
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
