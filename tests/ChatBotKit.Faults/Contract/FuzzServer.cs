using System.Collections.Concurrent;
using System.Globalization;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Hosting;
using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.Faults.Contract;

/// <summary>A server for a storm of requests: with a model, a second account, and a collector of its log.</summary>
internal sealed class FuzzServer : IAsyncDisposable
{
    /// <summary>The mark in every text of the account whose data no caller may see.</summary>
    public const string Canary = "canary-of-somebody-else";

    /// <summary>The maximum size of a body without a file.</summary>
    public const int LargestBody = 64 * 1024;

    private readonly ScriptedModelServer _model;
    private readonly ServerFactory _server;
    private readonly ErrorLog _log;
    private readonly string _foreignSecret;
    private readonly HttpClient _owner;
    private readonly string _foreignAccountId;
    private readonly World _foreign;

    private FuzzServer(ScriptedModelServer model, ServerFactory server, ErrorLog log, string foreignAccountId, string foreignSecret, World foreign)
    {
        (_model, _server, _log, _foreignAccountId, _foreignSecret, _foreign) = (model, server, log, foreignAccountId, foreignSecret, foreign);
        _owner = server.Client();
    }

    public Uri Address => _server.Address;

    /// <summary>The lines of the log that report a failure.</summary>
    public IReadOnlyCollection<string> Errors => _log.Lines;

    public static async Task<FuzzServer> StartAsync(CancellationToken cancellationToken)
    {
        var model = (await ScriptedModelServer.StartAsync(cancellationToken)).Otherwise(Say);
        var log = new ErrorLog();
        var server = await ServerFactory.StartAsync(
            settings: new Dictionary<string, string?>
            {
                ["OPENAI_BASE_URL"] = model.BaseUrl.AbsoluteUri,
                ["OPENAI_API_KEY"] = "key",
                ["CHATBOTKIT_MAX_BODY_BYTES"] = LargestBody.ToString(CultureInfo.InvariantCulture),
                ["CHATBOTKIT_MAX_ATTACHMENT_BYTES"] = "100000",
                // A storm needs more than the default limits.
                ["CHATBOTKIT_SESSION_REQUESTS_PER_MINUTE"] = "0",
                ["CHATBOTKIT_VISITOR_SESSIONS_PER_MINUTE"] = "0",
            },
            services: services => services.AddSingleton<ILoggerProvider>(log));
        var foreign = await server.AddAccountAsync();
        var secret = await server.CreateApiTokenAsync(foreign.Id);
        using var client = server.Client(secret);
        return new(model, server, log, foreign.Id, secret, await World.MakeAsync(client, Canary));
    }

    /// <summary>Calls the first function, and answers with text after its result.</summary>
    private static ModelScript Say(ScriptedRequest request)
    {
        var answered = request.Body.GetProperty("messages").EnumerateArray().Any(message => message.GetProperty("role").GetString() == "tool");
        return !answered && request.Body.TryGetProperty("tools", out var tools) && tools.GetArrayLength() > 0
            ? new ModelScript().ToolCall("call", tools[0].GetProperty("function").GetProperty("name").GetString()!, "{", "}")
            : new ModelScript().Reasoning("hm").Text("Two ", "pieces").Usage(3, 5);
    }

    public Task<ApiDescription> DescriptionAsync() => ApiDescription.ReadAsync(_owner);

    /// <summary>Creates new accounts with data, for requests that may delete it.</summary>
    public async Task<Accounts> NewAccountsAsync()
    {
        var keys = await _owner.ReadAsync(HttpMethod.Get, "session/key/list");
        return new Accounts
        {
            OwnerSecret = ServerFactory.OwnerSecret,
            Own = await World.MakeAsync(_owner, "mine"),
            Foreign = _foreign,
            ForeignAccountId = _foreignAccountId,
            KeyIds = keys.Ids(),
            WorkId = await AddDeadLetterAsync(),
            SpareTokenId = await SpareTokenAsync(),
        };
    }

    /// <summary>Adds work of a kind that the server has no handler for, so that it stays as it is.</summary>
    private async Task<string> AddDeadLetterAsync()
    {
        var (key, now) = (Ids.New(), TimeProvider.System.GetUtcNow());
        await _server.Store.InsertAsync(DueWorkTable.Rows, DueWorkRow.New("mail", key, now, now) with { DueAt = null });
        return $"mail.{key}";
    }

    private async Task<string> SpareTokenAsync()
    {
        var tokens = (await _owner.ReadAsync(HttpMethod.Get, "server/token/list")).Items();
        var spare = tokens.Where(token => ApiJson.Id(token) != "configured" && token.Text("status") == "active").Select(ApiJson.Id).FirstOrDefault();
        return spare ?? ApiJson.Id(await _owner.ReadAsync(HttpMethod.Post, "server/token/create", "{}"));
    }

    /// <summary>Returns everything that the other account can list.</summary>
    public async Task<string> ForeignRowsAsync()
    {
        using var client = _server.Client(_foreignSecret);
        string[] lists =
        [
            "conversation/list", "conversation/export", "session/list",
            .. new[] { _foreign, _foreign.Other! }.SelectMany(world => new[] { "message/list", "attachment/list", "usage/fetch" }
                .Select(list => $"conversation/{world.ConversationId}/{list}").Append($"dataset/{world.IdOf("datasetId")}/record/list")),
        ];
        var rows = new List<string>();
        foreach (var list in lists)
            rows.Add(await client.ReadTextAsync(list));
        return string.Join('\n', rows);
    }

    public Task<string> HealthAsync() => _owner.CodeAsync(HttpMethod.Get, "/health/ready");

    /// <summary>Returns <c>ok</c>, or the findings of the check: SQLite's integrity check, or that of our program on PostgreSQL.</summary>
    public async Task<string> IntegrityAsync(CancellationToken cancellationToken)
    {
        if (_server.App.Configuration["CHATBOTKIT_POSTGRES"] is { } database)
        {
            using var output = new StringWriter();
            return await ServerProgram.RunAsync(["--check-database", $"--CHATBOTKIT_POSTGRES={database}"], output, output) == 0 ? "ok" : output.ToString();
        }

        var file = Path.Combine(_server.App.Configuration["CHATBOTKIT_DATA_DIR"]!, "chatbotkit.db");
        await using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        _owner.Dispose();
        await _server.DisposeAsync();
        await _model.DisposeAsync();
        _log.Dispose();
    }

    private sealed class ErrorLog : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = [];

        public IReadOnlyCollection<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                _lines.Enqueue($"{formatter(state, exception)}\n{exception}");
        }

        public void Dispose()
        {
        }
    }
}
