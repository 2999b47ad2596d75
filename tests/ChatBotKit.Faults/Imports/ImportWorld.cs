using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Faults.Imports;

/// <summary>
/// Two datasets that are filled while the server or its disk fails, and the knowledge of the clients about them. It is kept over all
/// restarts. One dataset gets rows; the other one gets a file whose content changes between two generations.
/// </summary>
internal sealed class ImportWorld
{
    public const string Secret = "sk-owner-secret-of-the-import-run";

    /// <summary>The number of records of the file. They are more than one transaction stores, and fit into one page of a list.</summary>
    private const int FileRecords = 100;

    private const int RowsOfABody = 400;

    private static readonly string[] Generations = ["tulips", "orchids"];

    private readonly ConcurrentDictionary<string, bool> _acknowledged = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<int> _interrupted = [];
    private int _bodies;
    private int _uploads;
    private volatile bool _isImported;

    public required string Rows { get; init; }

    public required string Files { get; init; }

    public required string File { get; init; }

    /// <summary>The number of records and searches that were read so far.</summary>
    public int Seen => Volatile.Read(ref _seen);

    /// <summary>The number of rows whose import was acknowledged.</summary>
    public int Acknowledged => _acknowledged.Count;

    /// <summary>The number of imports of the file that were seen to end.</summary>
    public int Imports { get; private set; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private int _seen;

    public static Dictionary<string, string> SettingsOf(EmbeddingServer model) => new()
    {
        ["CHATBOTKIT_API_SECRET"] = Secret,
        ["CHATBOTKIT_EMBEDDING_MODEL"] = "small",
        ["CHATBOTKIT_EMBEDDING_URL"] = model.BaseUrl.AbsoluteUri,
        ["CHATBOTKIT_EMBEDDING_KEY"] = "sk-embedding",
    };

    public static async Task<ImportWorld> CreateAsync(HttpClient client)
    {
        var world = new ImportWorld
        {
            Rows = ApiJson.Id(await client.ReadAsync(HttpMethod.Post, "dataset/create", "{}")),
            Files = ApiJson.Id(await client.ReadAsync(HttpMethod.Post, "dataset/create", """{"searchMaxRecords":50}""")),
            File = ApiJson.Id(await client.ReadAsync(HttpMethod.Post, "file/create", """{"name":"flowers.csv"}""")),
        };
        await client.ReadAsync(HttpMethod.Post, $"dataset/{world.Files}/file/{world.File}/attach", "{}");
        return world;
    }

    /// <summary>Imports rows until the server fails, and remembers which were acknowledged.</summary>
    public async Task ImportRowsAsync(HttpClient client)
    {
        for (var body = Interlocked.Increment(ref _bodies); ; body = Interlocked.Increment(ref _bodies))
        {
            _interrupted.Enqueue(body);
            await ImportBodyAsync(client, body);
        }
    }

    /// <summary>Imports the rows of interrupted requests again, and checks that all rows are there, once and whole.</summary>
    public async Task CompleteRowsAsync(HttpClient client)
    {
        while (_interrupted.TryDequeue(out var body))
            await ImportBodyAsync(client, body);
        var expected = Enumerable.Range(1, _bodies).SelectMany(body => Enumerable.Range(0, RowsOfABody).Select(row => TextOf(body, row)));
        Assert.Equal(expected.Order(StringComparer.Ordinal), (await ListAsync(client, Rows)).Order(StringComparer.Ordinal));
    }

    /// <summary>Checks that every acknowledged row is stored, and nothing but rows that were sent.</summary>
    public async Task CheckRowsAsync(HttpClient client)
    {
        var stored = await ListAsync(client, Rows);
        Assert.Empty(_acknowledged.Keys.Except(stored));
        Assert.Equal(stored.Count, stored.Distinct(StringComparer.Ordinal).Count());
        Assert.All(stored, text => Assert.EndsWith(" of the garden.", text, StringComparison.Ordinal));
    }

    /// <summary>Imports one generation of the file after the other, until the server fails or the client is stopped.</summary>
    public async Task ImportFilesAsync(HttpClient client, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await UploadAsync(client);
            await SyncAsync(client, stop);
        }
    }

    /// <summary>Imports the file, as its owner would after a failure, and checks that its records are those of its content.</summary>
    public async Task CompleteFilesAsync(HttpClient client)
    {
        await WaitForTheEndAsync(client);
        await UploadAsync(client);
        while (await SyncAsync(client) == "failed")
            Token.ThrowIfCancellationRequested();
        Assert.Equal(Generations[_uploads % Generations.Length], await CheckFileAsync(client));
    }

    /// <summary>Reads the records of the file while it is imported, again and again.</summary>
    public async Task WatchAsync(HttpClient client, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await CheckFileAsync(client);
            var found = (await CallAsync(client, HttpMethod.Post, $"dataset/{Files}/search", """{"search":"tulips and orchids in a vase"}"""))
                .GetProperty("records").EnumerateArray().Select(record => GenerationOf(record.Text("text")!)).Distinct();
            Assert.InRange(found.Count(), 0, 1);
            Interlocked.Increment(ref _seen);
        }
    }

    /// <summary>Waits until the files of an index and its vectors have every row, each with its vector.</summary>
    /// <param name="directory">The data directory.</param>
    public Task WaitForVectorsAsync(string directory)
    {
        var path = Path.Combine(directory, "knowledge", Rows);
        return WaitAsync(() => Task.FromResult(
            System.IO.File.Exists(path + ".db") && System.IO.File.Exists(path + ".vectors")
            && Count(path + ".db", "SELECT COUNT(*) FROM Unembedded") == 0
            && Count(path + ".db", "SELECT COUNT(*) FROM Passages") == _bodies * RowsOfABody
            && Count(path + ".vectors", "SELECT COUNT(*) FROM Vectors WHERE Vector IS NOT NULL") == _bodies * RowsOfABody));
    }

    private static long Count(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static string TextOf(int body, int row) => $"flower{body}x{row} of the garden.";

    private static string GenerationOf(string text) => Generations.Single(generation => text.Contains(generation, StringComparison.Ordinal));

    /// <summary>Checks that the records of the file are all those of one generation, or none before the first import.</summary>
    private async Task<string?> CheckFileAsync(HttpClient client)
    {
        var wasImported = _isImported;
        var texts = (await CallAsync(client, HttpMethod.Get, $"dataset/{Files}/record/list?take=100")).Items().Select(item => item.Text("text")!).ToList();
        if (texts.Count == 0 && !wasImported)
            return null;
        _isImported = true;
        Assert.Equal(FileRecords, texts.Count);
        return Assert.Single(texts.Select(GenerationOf).Distinct());
    }

    private async Task UploadAsync(HttpClient client)
    {
        var generation = Generations[(_uploads + 1) % Generations.Length];
        var rows = Enumerable.Range(0, FileRecords).Select(row => $"{row} {generation} in a vase");
        using var answer = await client.SendAsync(
            HttpMethod.Post, $"file/{File}/upload", new StringContent($"Text\n{string.Join('\n', rows)}\n", Encoding.UTF8, "text/csv"));
        await AssertOkAsync(answer);
        _uploads++;
    }

    /// <returns>The state in which the import has ended.</returns>
    private async Task<string> SyncAsync(HttpClient client, CancellationToken stop = default)
    {
        await CallAsync(client, HttpMethod.Post, $"dataset/{Files}/file/{File}/sync", "{}");
        var state = await WaitForTheEndAsync(client, stop);
        Imports++;
        return state;
    }

    private async Task<string> WaitForTheEndAsync(HttpClient client, CancellationToken stop = default)
    {
        var state = "";
        await WaitAsync(async () =>
        {
            state = (await CallAsync(client, HttpMethod.Get, $"dataset/{Files}/file/{File}/fetch")).Text("state")!;
            return state is "attached" or "imported" or "failed" || stop.IsCancellationRequested;
        });
        return state;
    }

    private async Task ImportBodyAsync(HttpClient client, int body)
    {
        var lines = Enumerable.Range(0, RowsOfABody).Select(row => JsonSerializer.Serialize(new { id = $"{body} {row}", text = TextOf(body, row) }));
        using var content = new StringContent(string.Join('\n', lines), new MediaTypeHeaderValue("application/jsonl"));
        using var answer = await client.OpenAsync(HttpMethod.Post, $"dataset/{Rows}/record/import", content);
        await AssertOkAsync(answer);
        using var events = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
        while (await events.ReadLineAsync(Token) is { } line)
        {
            var (type, data) = Read(line);
            if (type != "item")
                throw new IOException($"The import ended: {line}");
            if (data.TryGetProperty("imported", out var imported) && imported.ValueKind == JsonValueKind.Number)
            {
                for (var row = 0; row < imported.GetInt32(); row++)
                    _acknowledged[TextOf(body, row)] = true;
            }

            if (data.Text("type") == "result")
                return;
        }

        throw new IOException("The answer was cut.");
    }

    /// <exception cref="IOException">The server says that it can't do it now.</exception>
    private static async Task<JsonElement> CallAsync(HttpClient client, HttpMethod method, string path, object? body = null)
    {
        using var answer = await client.SendAsync(method, path, body);
        await AssertOkAsync(answer);
        return await answer.ReadAsync();
    }

    /// <exception cref="IOException">The server says that it can't do it now.</exception>
    private static async Task AssertOkAsync(HttpResponseMessage answer)
    {
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            throw new IOException(await answer.DescribeAsync());
        await answer.AssertOkAsync();
    }

    private static (string Type, JsonElement Data) Read(string line)
    {
        var item = JsonElement.Parse(line);
        return (item.Text("type")!, item.GetProperty("data"));
    }

    private static async Task<List<string>> ListAsync(HttpClient client, string dataset)
    {
        var texts = new List<string>();
        for (var cursor = ""; ;)
        {
            var page = await CallAsync(client, HttpMethod.Get, $"dataset/{dataset}/record/list?take=100{cursor}");
            var before = texts.Count;
            texts.AddRange(page.Items().Select(item => item.Text("text")!));
            if (texts.Count - before < 100)
                return texts;
            cursor = $"&cursor={page.Text("cursor")}";
        }
    }

    private static async Task WaitAsync(Func<Task<bool>> isReached)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(120));
        while (!await isReached())
            await Task.Delay(20, limit.Token);
    }
}
