using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Sessions.Audit;

internal static class AuditEndpoints
{
    public static void MapSessionAudit(this IEndpointRouteBuilder app) => app.MapApi(group =>
    {
        group.MapGet("/session/audit/list", ListAsync).WithName("listSessionAudit")
            .WithSummary("Lists the audit of sessions")
            .TakesQuery("type", "Only records of this type.", choices: [.. AuditFilters.TypeNames])
            .TakesQuery("sessionId", "Only what is about this session.")
            .TakesQuery("conversationId", "Only what is about this conversation.");
        group.MapGet("/session/audit/verify", VerifyAsync).WithName("verifySessionAudit")
            .WithSummary("Checks the chain of the audit");
    });

    private static async Task<ListResult<SessionAuditItem>> ListAsync(
        ListQuery query, Caller caller, AuditQueue queue, AuditReading audit, CancellationToken cancellationToken)
    {
        var filter = AuditFilters.From(query);
        // Refusals are queued before they are stored. The list must include the most recent ones.
        await queue.FlushAsync(caller.AccountId, cancellationToken);
        return new(query, (page, token) => audit.ListAsync(filter, page, caller, token), item => item.Id);
    }

    private static async Task<JsonAnswer<SessionAuditVerification>> VerifyAsync(
        Caller caller, AuditQueue queue, AuditReading audit, CancellationToken cancellationToken)
    {
        await queue.FlushAsync(caller.AccountId, cancellationToken);
        return JsonAnswer.Of(await audit.VerifyAsync(caller.AccountId, cancellationToken));
    }
}
