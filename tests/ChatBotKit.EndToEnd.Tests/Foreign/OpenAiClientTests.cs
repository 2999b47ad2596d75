using System.ClientModel;
using System.ClientModel.Primitives;
using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Models;

namespace ChatBotKit.EndToEnd.Tests.Foreign;

/// <summary>The official OpenAI clients for Node and .NET.</summary>
public sealed class OpenAiClientTests : IAsyncLifetime
{
    private ScriptedModelServer _model = null!;
    private ServerFactory _server = null!;
    private string _bot = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Uri Address => new(_server.Address, "v1/openai");

    public async ValueTask InitializeAsync()
    {
        _model = await ScriptedModelServer.StartAsync(Token);
        _model.Otherwise(Answer);
        _server = await ServerFactory.StartAsync(settings: new Dictionary<string, string?>
        {
            ["OPENAI_BASE_URL"] = _model.BaseUrl.ToString(),
            ["OPENAI_MODELS"] = "scripted",
            ["CHATBOTKIT_MODEL_FALLBACK"] = "openai",
        });
        using var owner = _server.Client();
        _bot = ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, "bot/create", """{"backstory":"You are a pirate."}"""));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _model.DisposeAsync();
    }

    [Fact]
    public Task NodeClient_Works() => NodeProject.RunAsync("openai.mjs", new Dictionary<string, string>
    {
        ["OPENAI_URL"] = Address.AbsoluteUri,
        ["OPENAI_KEY"] = ServerFactory.OwnerSecret,
        ["BOT_ID"] = _bot,
    });

    [Fact]
    public async Task DotNetClient_AsksABot()
    {
        ChatCompletion answer = await Chat($"bot/id={_bot}").CompleteChatAsync([new UserChatMessage("plain")], cancellationToken: Token);

        Assert.Equal("You are a pirate.: plain", answer.Content[0].Text);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
        Assert.Equal(5, answer.Usage.TotalTokenCount);
    }

    [Fact]
    public async Task DotNetClient_Streams()
    {
        var (text, tokens, reason) = ("", 0, default(ChatFinishReason?));
        await foreach (var update in Chat("model/name=scripted").CompleteChatStreamingAsync([new UserChatMessage("stream")], cancellationToken: Token))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            tokens = update.Usage?.TotalTokenCount ?? tokens;
            reason ??= update.FinishReason;
        }

        Assert.Equal((": stream", 5, ChatFinishReason.Stop), (text, tokens, reason));
    }

    /// <summary>This client ignores errors in streams, so that half of an answer would look like a whole one.</summary>
    [Fact]
    public async Task DotNetClient_ThrowsWhenAStreamBreaksOff()
    {
        var text = "";

        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var update in Chat("scripted").CompleteChatStreamingAsync([new UserChatMessage("break")], cancellationToken: Token))
                text += string.Concat(update.ContentUpdate.Select(part => part.Text));
        });

        Assert.Equal("half", text);
    }

    [Fact]
    public async Task DotNetClient_CallsTools()
    {
        var options = new ChatCompletionOptions { Tools = { ChatTool.CreateFunctionTool("add", "Adds.", BinaryData.FromString("""{"type":"object","properties":{}}""")) } };
        List<ChatMessage> messages = [new UserChatMessage("tool")];
        ChatCompletion asked = await Chat("scripted").CompleteChatAsync(messages, options, Token);
        Assert.Equal(ChatFinishReason.ToolCalls, asked.FinishReason);
        var call = Assert.Single(asked.ToolCalls);
        Assert.Equal("""add {"a":2,"b":3}""", $"{call.FunctionName} {call.FunctionArguments}");

        messages.AddRange([new AssistantChatMessage(asked), new ToolChatMessage(call.Id, "5")]);
        ChatCompletion answer = await Chat("scripted").CompleteChatAsync(messages, options, Token);

        Assert.Equal("The sum is 5", answer.Content[0].Text);
    }

    [Fact]
    public async Task DotNetClient_ThrowsWhatTheServerSays()
    {
        var unknown = await Assert.ThrowsAsync<ClientResultException>(() => Chat("bot/id=none").CompleteChatAsync([new UserChatMessage("a")], cancellationToken: Token));
        var refused = await Assert.ThrowsAsync<ClientResultException>(() => Chat("scripted", "sk-wrong").CompleteChatAsync([new UserChatMessage("a")], cancellationToken: Token));

        Assert.Equal(404, unknown.Status);
        Assert.Contains("names a bot that does not exist", unknown.Message, StringComparison.Ordinal);
        Assert.Equal(401, refused.Status);
    }

    [Fact]
    public async Task DotNetClient_ListsModels()
    {
        OpenAIModelCollection models = await new OpenAIModelClient(new ApiKeyCredential(ServerFactory.OwnerSecret), Options()).GetModelsAsync(Token);

        Assert.Contains(models, model => model.Id == "scripted");
        Assert.Contains(models, model => model.Id == $"bot/id={_bot}");
    }

    private ChatClient Chat(string model, string key = ServerFactory.OwnerSecret) => new(model, new ApiKeyCredential(key), Options());

    private OpenAIClientOptions Options() => new() { Endpoint = Address, RetryPolicy = new ClientRetryPolicy(maxRetries: 0) };

    /// <summary>Answers with the instructions and the question, or as the question demands.</summary>
    private static ModelScript Answer(ScriptedRequest request)
    {
        var script = new ModelScript();
        var question = request.LastText("user");
        if (request.Messages[^1].Text("role") == "tool")
            return script.Text("The sum ", $"is {request.LastText("tool")}");
        return question switch
        {
            "tool" => script.ToolCall("call_1", "add", """{"a":2,"b":3}"""),
            "json" when request.Body.TryGetProperty("response_format", out var format) && format.GetProperty("json_schema").GetProperty("strict").GetBoolean() => script.Text("""{"a":1}"""),
            "fail" => script.Fail(400, "no"),
            "break" => script.Text("half").ErrorInStream("overloaded", "server_error"),
            _ => script.Text(request.LastText("system"), ": ", question).Usage(2, 3),
        };
    }
}
