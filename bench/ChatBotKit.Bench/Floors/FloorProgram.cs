using System.Globalization;
using System.Net;
using ChatBotKit.Bench.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.Bench.Floors;

/// <summary>What a server of ours is held against: the least that does the same. It runs in a process of its own.</summary>
internal static class FloorProgram
{
    /// <summary>The first argument that turns this program into a floor.</summary>
    public const string Verb = "floor";

    public const string Rows = "rows";

    public const string Proxy = "proxy";

    public const string Streams = "streams";

    public const string Answers = "answers";

    public static async Task RunAsync(string[] args)
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
        using var writer = args is [Rows, var path] ? new GroupingWriter(path) : null;
        if (writer is not null)
            new RowFloor(writer).Map(app);
        else if (args is [Proxy, var upstream])
            new ProxyFloor(new Uri(upstream)).Map(app);
        else if (args is [Streams])
            new StreamsFloor().Map(app);
        else if (args is [Answers, var events])
            new AnswerFloor(int.Parse(events, CultureInfo.InvariantCulture)).Map(app);
        else
            throw new ArgumentException($"There is no floor \"{string.Join(' ', args)}\".", nameof(args));

        await app.StartAsync();
        Console.WriteLine($"The floor {ServerProcess.Announcement}{app.Urls.Single()}");
        await app.WaitForShutdownAsync();
    }
}
