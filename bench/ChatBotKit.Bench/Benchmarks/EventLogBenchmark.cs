using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>
/// What the event log costs: stores messages durably in a server that logs events, and in one that does not. Each conversation has a bot,
/// a contact and a task, so that every message adds a row to all indexes that an event about a message can have.
/// </summary>
internal sealed class EventLogBenchmark : IBenchmark
{
    private const double LeastShare = 0.95;

    public string Name => "event-log";

    public async Task RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        await MeasureAsync(context, Name, databases: null, cancellationToken);
        if (await PostgresDatabases.StartAsync(context, $"{Name} on PostgreSQL") is not { } postgres)
            return;
        await using var stopping = postgres;
        foreach (var database in new[] { "logged", "unlogged" })
            await PostgresDatabases.RunAsync(postgres.ConnectionString("postgres"), $"CREATE DATABASE {database}", cancellationToken);
        await MeasureAsync(
            context, $"{Name} on PostgreSQL", (postgres.ConnectionString("logged"), postgres.ConnectionString("unlogged")), cancellationToken);
    }

    private static async Task MeasureAsync(
        BenchContext context, string name, (string Logged, string Unlogged)? databases, CancellationToken cancellationToken)
    {
        using var loggedData = new TempDirectory();
        using var unloggedData = new TempDirectory();
        await using var logged = await StartAsync(context, loggedData, databases?.Logged, days: "365", cancellationToken);
        await using var unlogged = await StartAsync(context, unloggedData, databases?.Unlogged, days: "0", cancellationToken);
        foreach (var connections in new[] { 1, 16, 64 })
        {
            await Rounds.RunAsync(context, $"{name}, {connections} connections",
            [
                Contend(context, "without events", unlogged, connections),
                Contend(context, "with events", logged, connections) with { Targets = [Target.AtLeast("requests", LeastShare)] },
            ], cancellationToken);
        }
    }

    private static Task<ServerProcess> StartAsync(
        BenchContext context, TempDirectory data, string? database, string days, CancellationToken cancellationToken)
    {
        var settings = new Dictionary<string, string>(PostgresDatabases.SettingsOf(database) ?? new Dictionary<string, string>())
        {
            ["CHATBOTKIT_EVENT_DAYS"] = days,
        };
        return Servers.StartOursAsync(context.Options, data, modelUrl: null, cancellationToken, settings, isProbed: true);
    }

    private static Contender Contend(BenchContext context, string name, ServerProcess server, int connections) =>
        new(name, async token => await LoadGenerator.RunAsync(
            server, await RequestsAsync(server, connections, token), context.Options.LoadDuration, token));

    private static async Task<IReadOnlyList<RequestTemplate>> RequestsAsync(ServerProcess server, int count, CancellationToken cancellationToken)
    {
        var api = Servers.ApiOf(server);
        var bot = await api.Bot.CreateAsync(new BotCreateRequest { Name = "Flora", Model = "extractive" }, cancellationToken);
        var contact = await api.Contact.CreateAsync(new ContactCreateRequest { Name = "Ada", Fingerprint = Guid.NewGuid().ToString("N") }, cancellationToken);
        var task = await api.Task.CreateAsync(new TaskCreateRequest { Name = "Water", BotId = bot.Id }, cancellationToken);
        var requests = new List<RequestTemplate>();
        for (var index = 0; index < count; index++)
        {
            var conversation = await api.Conversation.CreateAsync(
                new ConversationCreateRequest { BotId = bot.Id, ContactId = contact.Id, TaskId = task.Id }, cancellationToken);
            requests.Add(MessageCreateBenchmark.Request(conversation.Id));
        }

        return requests;
    }
}
