using System.Globalization;
using ChatBotKit.Bench.Harness;
using ChatBotKit.Bench.Load;

namespace ChatBotKit.Bench.Benchmarks;

/// <summary>The server and the floor for bots, each with the same 10,000 bots of one account.</summary>
internal sealed class BotServers : IAsyncDisposable
{
    public const int Count = 10_000;

    /// <summary>The number of skillsets, and of values of <c>meta.team</c>. A hundred bots have each of them.</summary>
    private const int Groups = 100;

    private const int FillingConnections = 16;

    private const string Backstory =
        "You sell flowers and are brief. You know which flowers last longest in a vase, what they cost today and when the next "
        + "delivery comes. When somebody asks for something that the shop does not have, you name the flower that comes closest.";

    private readonly TempDirectory _data;
    private readonly Dictionary<ServerProcess, IReadOnlyList<string>> _bots = [];

    private BotServers(TempDirectory data, ServerProcess ours, ServerProcess floor)
    {
        _data = data;
        Ours = ours;
        Floor = floor;
    }

    public ServerProcess Ours { get; }

    public ServerProcess Floor { get; }

    /// <summary>The skillsets that the bots refer to, on both servers.</summary>
    public IReadOnlyList<string> Skillsets { get; private set; } = [];

    public static async Task<BotServers> StartAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var data = new TempDirectory();
        ServerProcess? ours = null;
        BotServers? servers = null;
        try
        {
            ours = await Servers.StartOursAsync(context.Options, data, modelUrl: null, cancellationToken, isProbed: true);
            servers = new BotServers(data, ours, await Servers.StartBotFloorAsync(data, cancellationToken));
            await servers.FillAsync(cancellationToken);
            return servers;
        }
        catch
        {
            await (servers?.DisposeAsync() ?? ours?.DisposeAsync() ?? ValueTask.CompletedTask);
            if (servers is null)
                data.Dispose();
            throw;
        }
    }

    /// <summary>Returns the ids of the bots of a server, in the order of the requests that created them.</summary>
    public IReadOnlyList<string> BotsOf(ServerProcess server) => _bots[server];

    public static string TeamOf(int bot) => string.Create(CultureInfo.InvariantCulture, $"team-{bot % Groups:D3}");

    public static string CustomerOf(int bot) => string.Create(CultureInfo.InvariantCulture, $"customer-{bot:D5}");

    public async ValueTask DisposeAsync()
    {
        await Ours.DisposeAsync();
        await Floor.DisposeAsync();
        _data.Dispose();
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        var skillsets = Enumerable.Range(0, Groups).Select(i => RequestTemplate.Post(
            "/api/v1/skillset/create", string.Create(CultureInfo.InvariantCulture, $$"""{"name":"Tools {{i}}"}""")));
        Skillsets = await CreateAsync(Ours, [.. skillsets], cancellationToken);
        var bots = Enumerable.Range(0, Count).Select(i => RequestTemplate.Post("/api/v1/bot/create", BodyOf(i))).ToList();
        foreach (var server in new[] { Floor, Ours })
            _bots[server] = await CreateAsync(server, bots, cancellationToken);
    }

    private string BodyOf(int bot) => string.Create(CultureInfo.InvariantCulture, $$"""
        {
          "name": "Florist {{bot}}", "description": "Sells flowers in the shop and on the web.", "model": "extractive",
          "backstory": "{{Backstory}}", "skillsetId": "{{Skillsets[bot % Groups]}}",
          "meta": { "team": "{{TeamOf(bot)}}", "customer": "{{CustomerOf(bot)}}", "seat": {{bot}} }
        }
        """);

    /// <summary>Sends requests that create something, and returns the ids of the results.</summary>
    private static async Task<IReadOnlyList<string>> CreateAsync(
        ServerProcess server, List<RequestTemplate> requests, CancellationToken cancellationToken)
    {
        var ids = new string[requests.Count];
        await Task.WhenAll(Enumerable.Range(0, FillingConnections).Select(async first =>
        {
            using var connection = await RawConnection.ConnectAsync(server.Address, cancellationToken);
            for (var i = first; i < requests.Count; i += FillingConnections)
            {
                if (await connection.SendAsync(requests[i].Next(), cancellationToken) != 200)
                    throw new InvalidOperationException(connection.LastAnswer);
                ids[i] = IdIn(connection.LastAnswer);
            }
        }));
        return ids;
    }

    private static string IdIn(string answer)
    {
        const string Name = "\"id\":\"";
        var from = answer.IndexOf(Name, StringComparison.Ordinal) + Name.Length;
        return answer[from..answer.IndexOf('"', from)];
    }
}
