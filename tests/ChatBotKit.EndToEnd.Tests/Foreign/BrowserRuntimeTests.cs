using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.EndToEnd.Tests.Foreign;

/// <summary>The SDK on .NET's browser runtime, which also runs on Node.</summary>
public sealed class BrowserRuntimeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Program
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory);
            var tests = output.Parent!.Parent!.Parent!.Parent!.FullName;
            return Path.Combine(tests, "ChatBotKit.BrowserProgram", "bin", output.Parent.Name, output.Name, "main.mjs");
        }
    }

    [Fact]
    public async Task EveryKindOfClient_StreamsAnAnswer_AndFollowsNoRedirect()
    {
        await using var model = await ScriptedModelServer.StartAsync(Token);
        for (var i = 0; i < 3; i++)
            model.Answer(script => script.Text("Hel", "lo").Usage(1, 1));
        await using var server = await ServerFactory.StartAsync(settings: new Dictionary<string, string?>
        {
            ["OPENAI_BASE_URL"] = model.BaseUrl.AbsoluteUri,
            ["OPENAI_MODELS"] = "scripted",
        });
        await using var redirecting = await StartRedirectingAsync(server.Address);

        var printed = await NodeProject.RunProgramAsync(
            Program, server.Address.AbsoluteUri, ServerFactory.OwnerSecret, redirecting.Urls.Single());

        Assert.Equal(
            ["browser True", "default Hel|lo", "own Hel|lo", "hosted Hel|lo", $"redirect {ClientErrorCodes.InvalidResponse}"],
            printed.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private static async Task<WebApplication> StartRedirectingAsync(Uri target)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context =>
        {
            context.Response.Redirect(new Uri(target, context.Request.Path.Value).AbsoluteUri);
            return Task.CompletedTask;
        });
        await app.StartAsync(Token);
        return app;
    }
}
