package io.crontopus.git;

import io.crontopus.git.commands.ObservePush;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Repository;

/** Records a commit once. */
public class CommitHandler {

  private final Repository<Commit> commits;

  public CommitHandler(Repository<Commit> commits) {
    this.commits = commits;
  }

  @CommandHandler
  void handle(ObservePush push) throws Exception {
    commits
        .loadOrCreate(push.commit().toString(), Commit::create)
        .execute(commit -> commit.observe(push));
  }
}
