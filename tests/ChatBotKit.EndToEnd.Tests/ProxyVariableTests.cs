using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.EndToEnd.Tests;

/// <summary>A model on this machine is called directly, even if the environment sets a proxy for all addresses.</summary>
public sealed class ProxyVariableTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("HTTP_PROXY")]
    [InlineData("http_proxy")]
    [InlineData("ALL_PROXY")]
    public async Task ModelOnThisMachine_IsAskedPastTheProxy(string variable)
    {
        var asked = 0;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var proxy = builder.Build();
        proxy.Run(context =>
        {
            Interlocked.Increment(ref asked);
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return context.Response.WriteAsync("<html>No.</html>", context.RequestAborted);
        });
        await proxy.StartAsync(Token);
        await using var model = await ScriptedModelServer.StartAsync(Token);
        model.Answer(script => script.Text("Hello."));
        var directory = Directory.CreateTempSubdirectory("chatbotkit-proxy-");
        var settings = new Dictionary<string, string>
        {
            ["CHATBOTKIT_DATA_DIR"] = directory.FullName,
            ["CHATBOTKIT_API_SECRET"] = ServerFactory.OwnerSecret,
            ["OPENAI_BASE_URL"] = model.BaseUrl.AbsoluteUri,
            ["OPENAI_MODELS"] = "scripted",
        };
        await settings.WithDatabaseAsync(directory.FullName);
        await using (var server = await ServerRun.StartAsync(settings, Token, new Dictionary<string, string> { [variable] = proxy.Urls.Single() }))
        {
            var api = new ChatBotKitApi(new ChatBotKitClientOptions { Secret = ServerFactory.OwnerSecret, BaseUrl = server.Address });
            var conversation = await api.Conversation.CreateAsync(new ConversationCreateRequest(), Token);

            var answer = await api.Conversation.CompleteAsync(conversation.Id, new ConversationCompleteMessageRequest { Text = "hi" }, Token);

            Assert.Equal("Hello.", answer.Text);
        }

        Assert.Equal(0, asked);
        directory.Delete(recursive: true);
        await TestStore.DeleteDatabaseOfAsync(directory.FullName);
    }
}
