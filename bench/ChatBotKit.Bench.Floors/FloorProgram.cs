using System.Globalization;
using System.Net;

namespace ChatBotKit.Bench.Floors;

/// <summary>The floors of the server: each does the minimum for the same result. The first argument selects one.</summary>
internal static class FloorProgram
{
    /// <summary>The text before the address in the line that is printed once the program listens, as in that of the server.</summary>
    public const string Announcement = "listens on ";

    public const string Rows = "rows";

    public const string PostgresRows = "postgres-rows";

    public const string Bots = "bots";

    public const string Proxy = "proxy";

    public const string StoringProxy = "storing-proxy";

    public const string Streams = "streams";

    public const string Answers = "answers";

    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        await using var app = builder.Build();
        app.MapGet("/health/ready", () => "ok");
        using var writer = args switch
        {
            [Rows or StoringProxy, .., var path] => new GroupingWriter(path, RowTable.Schema),
            [Bots, var path] => new GroupingWriter(path, BotTable.Schema),
            _ => null,
        };
        using var postgres = args is [PostgresRows, var database] ? new PostgresRowFloor(database) : null;
        postgres?.Map(app);
        if (postgres is null && !Map(app, args, writer))
        {
            await Console.Error.WriteLineAsync($"There is no floor \"{string.Join(' ', args)}\".");
            return 2;
        }

        await app.StartAsync();
        Console.WriteLine($"The floor {Announcement}{app.Urls.Single()}");
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static bool Map(WebApplication app, string[] args, GroupingWriter? writer)
    {
        if (args is [Rows, _])
            new RowFloor(writer!).Map(app);
        else if (args is [Bots, _])
            new BotFloor(writer!).Map(app);
        else if (args is [Proxy, var model])
            new ProxyFloor(new Uri(model)).Map(app);
        else if (args is [StoringProxy, var upstream, _])
            new StoringProxyFloor(new Uri(upstream), writer!).Map(app);
        else if (args is [Streams])
            new StreamsFloor().Map(app);
        else if (args is [Answers, var events])
            new AnswerFloor(int.Parse(events, CultureInfo.InvariantCulture)).Map(app);
        else
            return false;
        return true;
    }
}
