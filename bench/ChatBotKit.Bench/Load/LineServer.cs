using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.Bench.Load;

/// <summary>A server that sends the same lines in response to every request.</summary>
internal sealed class LineServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LineServer(byte[] lines)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(async context =>
        {
            context.Response.ContentType = "application/jsonl";
            await context.Response.Body.WriteAsync(lines, context.RequestAborted);
        });
    }

    public Uri Address => new(_app.Urls.Single());

    public static async Task<LineServer> StartAsync(byte[] lines, CancellationToken cancellationToken)
    {
        var server = new LineServer(lines);
        await server._app.StartAsync(cancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
