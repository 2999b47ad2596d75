using System.Text.Json;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Conversations.Runs;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.OpenAi;

/// <summary>The endpoints of the OpenAI protocol, for its official clients: their base URL is that of the API with <c>/openai</c>.</summary>
internal static class ChatEndpoints
{
    public static IServiceCollection AddOpenAi(this IServiceCollection services) => services
        .AddSingleton<ChatModels>()
        .AddSingleton<ChatRuns>()
        .AddSingleton<ChatModelList>();

    public static void MapOpenAi(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        var api = group.MapGroup("/openai");
        api.MapPost("/chat/completions", CompleteAsync).WithName("createChatCompletion").OpensStream()
            .WithSummary("Answers messages in the OpenAI protocol, without storing them")
            .Produces<JsonElement>();
        api.MapGet("/models", (Caller caller, ChatModelList models, HttpContext context) => models.ListAsync(caller, context.RequestAborted))
            .WithName("listOpenAiModels").WithSummary("Lists the models and the caller's newest bots in the OpenAI protocol")
            .Produces<JsonElement>();
        api.MapGet("/models/{**modelId}", (string modelId, Caller caller, ChatModelList models, HttpContext context) =>
                models.FindAsync(Uri.UnescapeDataString(modelId), caller, context.RequestAborted))
            .WithName("fetchOpenAiModel").WithSummary("Fetches a model or a bot in the OpenAI protocol")
            .Produces<JsonElement>();
    });

    private static async Task<IResult> CompleteAsync(
        JsonBody<JsonElement> body, Caller caller, HttpContext context, ChatRuns chats, StatelessRuns runs, TimeProvider time,
        IHostApplicationLifetime lifetime)
    {
        var request = ChatRequestReader.Read(body.Value);
        var run = await chats.PrepareAsync(request, caller, context);
        var envelope = new ChatEnvelope(
            "chatcmpl-" + Ids.New(), request.Model, time.GetUtcNow().ToUnixTimeSeconds(), request.IncludesUsage, request.HasFunctions);
        return new ChatCompletionResult(runs.StartFor(run, context, lifetime), envelope, request.IsStreamed);
    }
}
