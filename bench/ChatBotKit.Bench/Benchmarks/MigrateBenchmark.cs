using System.Diagnostics;
using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>
/// Moves a running server with a database of 1 GB to PostgreSQL while clients write. The floor copies the messages alone, of a file
/// of a stopped server, and verifies nothing. One round, because each needs a new database of that size.
/// </summary>
internal sealed class MigrateBenchmark : IBenchmark
{
    private const int MessagesOfAConversation = 100;
    private const int FillingConnections = 16;
    private const int Writers = 4;
    private const int MostSecondsOfRefusal = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    public string Name => "migrate";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        if (await PostgresDatabases.StartAsync(context, Name) is not { } postgres)
            return;
        await using var stopping = postgres;
        var target = await PostgresDatabases.CreateAsync(postgres, cancellationToken);
        using var data = new TempDirectory();
        var file = Path.Combine(data.Path, "data", "chatbotkit.db");
        await using (var filled = await Servers.StartOursAsync(context.Options, data, modelUrl: null, cancellationToken))
            await FillAsync(filled, file, context.Options.IsQuick ? 20_000_000 : 1_000_000_000, cancellationToken);

        var floor = await CopyAsync(file, $"{target};Search Path=floor", cancellationToken);
        await PostgresDatabases.RunAsync(target, "DROP SCHEMA floor CASCADE", cancellationToken);
        await using var server = await Servers.StartOursAsync(context.Options, data, modelUrl: null, cancellationToken);
        var ours = await MigrateAsync(server, target, cancellationToken);
        context.Report.Add(
            $"{Name}, {new FileInfo(file).Length / 1_000_000:N0} MB", [ours], [floor], [Target.NoMoreThan("writes refused", MostSecondsOfRefusal)]);
    }

    /// <summary>Creates conversations with messages until the file has the size.</summary>
    private static async Task FillAsync(ServerProcess server, string file, long size, CancellationToken cancellationToken)
    {
        var request = RequestTemplate.Post("/api/v1/conversation/create", $$"""
            {"messages":[{{string.Join(',', Enumerable.Range(0, MessagesOfAConversation).Select(index => $$"""{"type":"user","text":"{{TextOf(index)}}"}"""))}}]}
            """).Next();
        await Task.WhenAll(Enumerable.Range(0, FillingConnections).Select(async _ =>
        {
            using var connection = await RawConnection.ConnectAsync(server.Address, cancellationToken);
            while (new FileInfo(file).Length + new FileInfo($"{file}-wal").Length < size)
            {
                if (await connection.SendAsync(request, cancellationToken) != 200)
                    throw new InvalidOperationException(connection.LastAnswer);
            }
        }));
    }

    private static string TextOf(int index)
    {
        var random = new Random(index);
        return string.Concat(Enumerable.Range(0, 160).Select(_ => $"{(char)random.Next('a', 'z')}{random.Next(10_000)} "));
    }

    private static async Task<Sample> CopyAsync(string file, string target, CancellationToken cancellationToken)
    {
        await using var source = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        await source.OpenAsync(cancellationToken);
        await using var connection = new NpgsqlConnection($"{target};Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var create = new NpgsqlCommand("""CREATE TABLE "Copied" ("Id" text PRIMARY KEY, "ConversationId" text, "Type" text, "Text" text)""", connection);
        await create.ExecuteNonQueryAsync(cancellationToken);
        await using var select = source.CreateCommand();
        select.CommandText = """SELECT "Id", "ConversationId", "Type", "Text" FROM "Messages" """;
        var watch = Stopwatch.StartNew();
        await using var rows = await select.ExecuteReaderAsync(cancellationToken);
        await using (var copy = await connection.BeginBinaryImportAsync("""COPY "Copied" FROM STDIN (FORMAT BINARY)""", cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                await copy.StartRowAsync(cancellationToken);
                for (var column = 0; column < rows.FieldCount; column++)
                    await copy.WriteAsync(rows.GetValue(column).ToString(), cancellationToken);
            }

            await copy.CompleteAsync(cancellationToken);
        }

        return new Sample([new("total", "s", watch.Elapsed.TotalSeconds), new("writes refused", "s", 0), new("longest wait of a write", "s", 0)]);
    }

    private static async Task<Sample> MigrateAsync(ServerProcess server, string target, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(Limit);
        var api = Servers.ApiOf(server);
        var conversations = await Servers.CreateConversationsAsync(server, Writers, "extractive", cancellationToken);
        using var moved = new CancellationTokenSource();
        var writers = conversations.Select(id => Task.Run(() => WriteAsync(server.Address, id, moved.Token), cancellationToken)).ToList();
        var watch = Stopwatch.StartNew();
        var migration = await api.Server.Migration.CreateAsync(new ServerMigrationCreateRequest { To = target }, cancellationToken);
        while (migration.State != ServerMigrationState.Moved && migration.State != ServerMigrationState.Failed)
        {
            await Task.Delay(Pause, ending.Token);
            try
            {
                migration = await api.Server.Migration.FetchAsync(ending.Token);
            }
            catch (ChatBotKitException exception) when (exception.Code is ClientErrorCodes.ConnectionFailed or ClientErrorCodes.ConnectionLost)
            {
                // The server is started again.
            }
        }

        var total = watch.Elapsed;
        await moved.CancelAsync();
        var waits = await Task.WhenAll(writers);
        if (migration.State != ServerMigrationState.Moved)
            throw new InvalidOperationException(migration.Error);
        await Console.Error.WriteLineAsync($"{waits.Sum(one => one.Count)} messages were written meanwhile.");
        return new Sample(
        [
            new("total", "s", total.TotalSeconds),
            new("writes refused", "s", migration.RefusedSeconds ?? 0),
            new("longest wait of a write", "s", waits.Max(one => one.Longest).TotalSeconds),
        ]);
    }

    /// <summary>Writes messages one after another. A write that fails is repeated until it is acknowledged.</summary>
    private static async Task<(int Count, TimeSpan Longest)> WriteAsync(Uri address, string conversation, CancellationToken cancellationToken)
    {
        var request = MessageCreateBenchmark.Request(conversation);
        RawConnection? connection = null;
        var (count, longest, watch) = (0, TimeSpan.Zero, Stopwatch.StartNew());
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                connection ??= await RawConnection.ConnectAsync(address, CancellationToken.None);
                if (await connection.SendAsync(request.Next(), CancellationToken.None) == 200)
                {
                    longest = watch.Elapsed > longest ? watch.Elapsed : longest;
                    watch.Restart();
                    count++;
                }
            }
            catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException)
            {
                connection?.Dispose();
                connection = null;
            }

            await Task.Delay(Pause, CancellationToken.None);
        }

        connection?.Dispose();
        return (count, longest);
    }
}
