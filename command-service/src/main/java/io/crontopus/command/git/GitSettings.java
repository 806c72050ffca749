package io.crontopus.command.git;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the Git hosting, prefix {@code crontopus.git}.
 *
 * @param root the folder of all repositories
 * @param bodyLimit the largest pack that a push may send
 * @param objectLimit the largest single file, tree or commit in a push, unpacked; together with
 *     {@code concurrency} it bounds the memory that pushes can take
 * @param maxObjects how many objects one push may hold
 * @param maxFiles how many files the main branch may hold
 * @param maxRefs how many branches and tags there may be
 * @param repositoryLimit how much one tenant's repository may take on disk before it takes no more
 *     pushes; what was pushed and refused counts until it is tidied away
 * @param concurrency how many requests are served at the same time
 * @param queue how many more may wait before clients are told to come back later
 * @param idleTimeout how long a client may neither send nor take a byte before it is dropped
 */
@ConfigurationProperties("crontopus.git")
public record GitSettings(
    @DefaultValue("data/git") Path root,
    @DefaultValue("64MB") DataSize bodyLimit,
    @DefaultValue("16MB") DataSize objectLimit,
    @DefaultValue("200000") int maxObjects,
    @DefaultValue("20000") int maxFiles,
    @DefaultValue("1000") int maxRefs,
    @DefaultValue("1GB") DataSize repositoryLimit,
    @DefaultValue("8") int concurrency,
    @DefaultValue("1000") int queue,
    @DefaultValue("2m") Duration idleTimeout) {}
