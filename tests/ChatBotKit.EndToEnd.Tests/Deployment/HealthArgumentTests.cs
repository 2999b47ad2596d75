using System.Diagnostics;
using ChatBotKit.Server.Hosting;
using ChatBotKit.Server.Tests;

namespace ChatBotKit.EndToEnd.Tests.Deployment;

/// <summary>The health check of the container file, with the published program.</summary>
public sealed class HealthArgumentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Program_WithTheArgument_TellsByItsExitCode()
    {
        await using var server = await ServerFactory.StartAsync();

        var healthy = await RunAsync(server.Address);
        await server.App.StopAsync(Token);
        var gone = await RunAsync(server.Address);

        Assert.Equal((0, 1), (healthy, gone));
    }

    private static async Task<int> RunAsync(Uri address)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ChatBotKitServer).Assembly.Location, "--health"]);
        start.Environment["ASPNETCORE_URLS"] = address.AbsoluteUri;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(Token).WaitAsync(TimeSpan.FromSeconds(60), Token);
        return process.ExitCode;
    }
}
