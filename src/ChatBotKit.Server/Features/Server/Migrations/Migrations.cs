using System.Globalization;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Moving;
using ChatBotKit.Server.Data.PostgreSql;
using ChatBotKit.Server.Data.Sqlite;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Server.Migrations;

/// <summary>
/// Moves the running server to PostgreSQL, one move at a time. After the move the server stops, and the program starts it again on
/// PostgreSQL.
/// </summary>
internal sealed partial class Migrations(
    StoreLifetime store, IConfiguration configuration, MoveHandover handover, IConversationHolder conversations, StatelessRuns stateless,
    IHostApplicationLifetime lifetime, TimeProvider time, ILogger<Migrations> logger) : IAsyncDisposable
{
    private const int MaxConnectionString = 4_096;

    /// <summary>How long the switch waits until aborted runs have stored their last events.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(3);

    private readonly Lock _starting = new();
    private readonly CancellationTokenSource _ending = new();
    private CancellationTokenSource _canceling = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Checks a request.</summary>
    /// <exception cref="ApiException">
    /// 400: the connection string is not valid; 409: a migration goes on, or the server stores in PostgreSQL.
    /// </exception>
    public PreparedMigration Prepare(ServerMigrationCreateRequest request)
    {
        if (store.Store is not SqliteStore source)
            throw ApiException.Conflict("This server stores in PostgreSQL already");
        if (handover.Progress is { IsUnderway: true })
            throw Underway();
        var options = new MoveOptions
        {
            AcceptsBrokenAudit = request.AcceptBrokenAudit ?? false,
            AcceptsMissingFiles = request.AcceptMissingFiles ?? false,
        };
        if (request.To.Length > MaxConnectionString)
            throw ApiException.BadRequest(string.Create(CultureInfo.InvariantCulture, $"\"to\" is longer than {MaxConnectionString:N0} characters"));
        try
        {
            return new PreparedMigration(source, PostgresSettings.Parse(request.To, "\"to\""), request.To, options);
        }
        catch (StartupException exception)
        {
            throw ApiException.BadRequest(exception.Message);
        }
    }

    /// <exception cref="ApiException">409: a migration goes on.</exception>
    public ServerMigrationItem Start(PreparedMigration migration)
    {
        lock (_starting)
        {
            if (handover.Progress is { IsUnderway: true })
                throw Underway();
            var progress = new MoveProgress(time, migration.Target.Name);
            handover.Progress = progress;
            _canceling.Dispose();
            _canceling = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
            var token = _canceling.Token;
            _running = Task.Run(() => RunAsync(migration, progress, token), CancellationToken.None);
            return ToItem(progress);
        }
    }

    /// <summary>Returns the last migration since the start of the program.</summary>
    public ServerMigrationItem Get() => handover.Progress is { } progress
        ? ToItem(progress)
        : new ServerMigrationItem { State = ServerMigrationState.None, Rows = 0, Bytes = 0, WaitingRows = 0, Seconds = 0 };

    /// <summary>Cancels the migration, and waits for its end. One that ended before is not changed.</summary>
    public async Task<ServerMigrationItem> CancelAsync()
    {
        Task running;
        lock (_starting)
        {
            _canceling.Cancel();
            running = _running;
        }

        await running;
        return Get();
    }

    /// <summary>Ends a migration, because the container closes the store next.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _running;
        _ending.Dispose();
        _canceling.Dispose();
    }

    private async Task RunAsync(PreparedMigration migration, MoveProgress progress, CancellationToken cancellationToken)
    {
        var keys = SecurityOptions.From(configuration).KeysDirectory;
        try
        {
            await new LiveMove(migration.Source, migration.Target, keys, migration.Options, progress).RunAsync(EndRunsAsync, cancellationToken);
            handover.ConnectionString = migration.ConnectionString;
            LogMoved(migration.Target.Name);
            lifetime.StopApplication();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            progress.Fail("The migration was cancelled");
        }
        catch (MoveUnfinishedException exception)
        {
            progress.Fail(exception.Message);
            handover.Failure = exception.Message;
            lifetime.StopApplication();
        }
        catch (Exception exception)
        {
            progress.Fail(exception is StartupException ? exception.Message : "The migration failed; see the log of the server");
            LogFailed(exception, migration.Target.Name);
        }
    }

    /// <summary>Ends runs as a stop of the server does, so that their readers get the end of the answer.</summary>
    private async Task EndRunsAsync() =>
        await Task.WhenAll(conversations.ShutDownAsync(CancellationToken.None), stateless.ShutDownAsync())
            .WaitAsync(LastWords, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static ApiException Underway() => ApiException.Conflict("A migration is under way; wait for its end, or cancel it");

    private static ServerMigrationItem ToItem(MoveProgress progress) => new()
    {
        State = progress.Phase switch
        {
            MovePhase.Preparing => ServerMigrationState.Preparing,
            MovePhase.Copying => ServerMigrationState.Copying,
            MovePhase.CatchingUp => ServerMigrationState.CatchingUp,
            MovePhase.Switching => ServerMigrationState.Switching,
            MovePhase.Moved => ServerMigrationState.Moved,
            _ => ServerMigrationState.Failed,
        },
        Database = progress.Database,
        Rows = progress.Rows,
        Bytes = progress.Bytes,
        WaitingRows = progress.Waiting,
        Seconds = Math.Round(progress.Elapsed.TotalSeconds, 1),
        RefusedSeconds = progress.Refused is { } refused ? Math.Round(refused.TotalSeconds, 1) : null,
        Error = progress.Error,
    };

    [LoggerMessage(LogLevel.Warning, "The data of this server is in the PostgreSQL database {Database} now. Set CHATBOTKIT_POSTGRES to that database before the next start")]
    private partial void LogMoved(string database);

    [LoggerMessage(LogLevel.Error, "The migration to the PostgreSQL database {Database} failed; the server stays on its database")]
    private partial void LogFailed(Exception exception, string database);
}

/// <summary>A migration whose request was checked.</summary>
/// <param name="Source">The store of the server.</param>
/// <param name="Target">The PostgreSQL database.</param>
/// <param name="ConnectionString">The connection string of the PostgreSQL database.</param>
/// <param name="Options">The options.</param>
internal sealed record PreparedMigration(SqliteStore Source, PostgresSettings Target, string ConnectionString, MoveOptions Options);
