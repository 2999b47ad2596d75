using System.Text.Encodings.Web;
using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Channels;

internal static class ChannelEndpoints
{
    private const int MaxHistory = 10_000;

    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void MapChannels(this IEndpointRouteBuilder app) => app.MapApi(api =>
    {
        var channel = api.MapGroup("/channel/{channelId}");
        channel.MapPost("/publish", PublishAsync).WithName("publishChannelMessage").AllowSession(SessionPermissions.ChannelsPublish)
            .WithSummary("Publishes a message on a channel")
            .IsIdempotent();
        channel.MapPost("/subscribe", SubscribeAsync).WithName("subscribeChannelMessages")
            .WithSummary("Follows a channel")
            .AnswersChannel();
    });

    private static async Task<JsonAnswer<IdResponse>> PublishAsync(
        string channelId, JsonBody<ChannelPublishRequest> body, Caller caller, ChannelLogs channels, SessionBudgets budgets,
        IdempotentCall call)
    {
        ChannelRules.Check(channelId, "channelId");
        var faults = new Faults();
        faults.CheckJson(body.Value.Message, "message", FieldRules.MaxResultBytes);
        faults.ThrowIfAny();
        var message = JsonSerializer.SerializeToUtf8Bytes(body.Value.Message, OneLine);
        var response = new IdResponse { Id = channelId };
        // A published message is stored for a while, so it counts against the session like a file.
        using var taken = budgets.Find(caller.Session?.Id)?.TakeAttachment(message.Length);
        var use = caller.Session is { } session
            ? new SessionUse(session.Id, AttachmentBytes: SessionBudget.ChargeOf(message.Length))
            : null;
        await channels.PublishAsync(ChannelLogs.LogId(caller.ScopeId, channelId), message, call.Answered(response), use);
        taken?.Keep();
        return JsonAnswer.Of(response);
    }

    private static async Task<IResult> SubscribeAsync(
        string channelId, JsonBody<ChannelSubscribeRequest> body, Caller caller, HttpContext context,
        ChannelLogs channels, IHostApplicationLifetime lifetime)
    {
        ChannelRules.Check(channelId, "channelId");
        var history = body.Value.HistoryLength ?? 0;
        if (history is < 0 or > MaxHistory)
            throw ApiException.BadRequest($"\"historyLength\" must be from 0 to {MaxHistory}");
        // A subscription has no plain JSON response, so lines of JSON are the default.
        var format = ResponseFormats.Of(context.Request) == ResponseFormat.ServerSentEvents
            ? ResponseFormat.ServerSentEvents
            : ResponseFormat.JsonLines;
        var subscription = await channels.SubscribeAsync(
            ChannelLogs.LogId(caller.ScopeId, channelId), history, RunStreamResult.Heartbeat);
        return new ChannelStreamResult(subscription, format, lifetime.ApplicationStopping);
    }
}
