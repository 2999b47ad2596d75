using System.Security.Cryptography;
using System.Text;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.DueWork;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Integrations.Trigger;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Triggers;

/// <summary>Starts the bots of triggers: by their owner, and by other programs with the secret of the trigger.</summary>
internal static class TriggerEndpoints
{
    private const string Bearer = "Bearer ";
    private const int MaxSessionBytes = 191;

    public static IServiceCollection AddTriggers(this IServiceCollection services) => services
        .AddSingleton<TriggerEvents>()
        .AddDueWorkHandler<TriggerScheduleWork>()
        .AddDueWorkHandler<TriggerRunWork>();

    public static void MapTriggers(this IEndpointRouteBuilder app) => app.MapApi(api =>
    {
        var trigger = api.MapGroup("/integration/trigger/{triggerIntegrationId}");
        trigger.MapPost("/setup", SetUpAsync).WithName("setupTriggerIntegration").WithSummary("Does nothing, because a trigger needs no setup");
        trigger.MapPost("/invoke", InvokeAsync).WithName("invokeTriggerIntegration")
            .WithSummary("Lets the bot of a trigger handle an event of its owner")
            .IsIdempotent();
        trigger.MapPost("/event", ReceiveAsync).AllowVisitors().WithName("receiveTriggerEvent").WithMetadata(TextBody.Instance)
            .WithSummary("Lets the bot of a trigger handle an event: any text, from a caller with the secret of the trigger");
    });

    private static async Task<JsonAnswer<IdResponse>> SetUpAsync(
        string triggerIntegrationId, JsonBody<EmptyRequest> body, Caller caller, IStore store, CancellationToken cancellationToken) =>
        JsonAnswer.Of(new IdResponse { Id = (await FindOwnAsync(store, triggerIntegrationId, caller, cancellationToken)).Id });

    private static async Task<JsonAnswer<IdResponse>> InvokeAsync(
        string triggerIntegrationId, JsonBody<EmptyRequest> body, Caller caller, IStore store, TriggerEvents events, IdempotentCall call,
        CancellationToken cancellationToken)
    {
        var trigger = await FindOwnAsync(store, triggerIntegrationId, caller, cancellationToken);
        var response = new IdResponse { Id = trigger.Id };
        await events.AcceptAsync(
            trigger, new TriggerEvent(TriggerEvents.Invoked, Session: null), call.Answered(response), cancellationToken);
        return JsonAnswer.Of(response);
    }

    private static async Task<JsonAnswer<IdResponse>> ReceiveAsync(
        string triggerIntegrationId, string? session, HttpContext context, IStore store, ResourceSecrets secrets, TriggerEvents events)
    {
        var left = context.RequestAborted;
        var trigger = await store.QueryAsync(
            db => db.FirstAsync(ResourceTable.Rows, ResourceTable.OfKind, triggerIntegrationId, TriggerKind.Name), left) ?? throw NotFound();
        var needsSecret = (bool?)ResourceEdit.Read(trigger.Data)["authenticate"] ?? true;
        if (needsSecret && !HasSecret(context.Request, trigger, secrets))
            throw ApiException.NotAuthenticated("The secret of the trigger is missing or wrong");
        var faults = new Faults();
        faults.CheckText(session, "session", MaxSessionBytes);
        var text = await ReadAsync(context, left);
        faults.CheckText(text, "body");
        faults.ThrowIfAny();
        await events.AcceptAsync(trigger, new TriggerEvent(text, string.IsNullOrEmpty(session) ? null : session), answered: null, left);
        return JsonAnswer.Of(new IdResponse { Id = trigger.Id });
    }

    private static async Task<ResourceRow> FindOwnAsync(IStore store, string id, Caller caller, CancellationToken cancellationToken) =>
        await store.QueryAsync(db => db.FindOwnAsync(TriggerKind.Name, id, caller.AccountId), cancellationToken) ?? throw NotFound();

    private static bool HasSecret(HttpRequest request, ResourceRow trigger, ResourceSecrets secrets)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return false;
        try
        {
            return secrets.Reveal(trigger, "secret") is { } secret
                && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(header[Bearer.Length..].Trim()), Encoding.UTF8.GetBytes(secret));
        }
        catch (CryptographicException)
        {
            // The key with which the secret was encrypted is missing.
            return false;
        }
    }

    /// <summary>Reads the body as text, whatever its type.</summary>
    /// <exception cref="ApiException">413: the body is longer than a text may be.</exception>
    private static async Task<string> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var length = read.Buffer.Length;
            if (read.IsCompleted && length <= FieldRules.MaxTextBytes)
            {
                using var whole = new WholeBody(reader, read.Buffer);
                return Encoding.UTF8.GetString(whole.Bytes.Span);
            }

            // Each read must end, or the web server can't read the rest of the request.
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (length > FieldRules.MaxTextBytes)
                throw ApiException.ContentTooLarge();
        }
    }

    private static ApiException NotFound() => ApiException.NotFound("Trigger integration");
}
