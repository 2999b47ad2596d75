using ChatBotKit.AdminConsole.Plots;
using ChatBotKit.AdminConsole.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatBotKit.AdminConsole.Sessions;

/// <summary>The sessions: their list, their revocation, and their audit.</summary>
internal static class SessionPages
{
    public const int PageSize = 50;

    /// <summary>The word that must be typed before all sessions are revoked.</summary>
    public const string Confirmation = "revoke";

    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        routes.Show("/sessions", page => ListAsync(page, null));
        routes.Act("/sessions/revoke", RevokeAllAsync);
        routes.Act("/sessions/contact/{contactId}/revoke", RevokeContactAsync);
        routes.Act("/sessions/{conversationId}/{sessionId}/revoke", RevokeAsync);
        routes.Show("/sessions/audit", ShowAuditAsync);
        routes.MapKeys();
    }

    private static async Task<IResult> ListAsync(Page page, Failure? failure)
    {
        var (status, contact) = (page.Query("status"), page.Query("contact"));
        var sessions = await page.Api.Session.ListAsync(
            new()
            {
                Cursor = page.Query("cursor"),
                Take = PageSize,
                Status = StatusOf(status),
                ContactId = contact,
            },
            page.Aborted);
        return page.View<SessionListView, SessionList>(new SessionList(sessions, StatusOf(status)?.Value, contact, failure), failure?.Status ?? StatusCodes.Status200OK);
    }

    private static SessionStatus? StatusOf(string? text) => text is "active" or "expired" or "revoked" ? new SessionStatus(text) : null;

    private static async Task<IResult> RevokeAsync(Page page)
    {
        await page.Api.Conversation.Session.RevokeAsync(page.Value("conversationId"), page.Value("sessionId"), cancellationToken: page.Aborted);
        return page.Go("/sessions", "revoked");
    }

    private static async Task<IResult> RevokeContactAsync(Page page)
    {
        await page.Api.Contact.Session.RevokeAllAsync(page.Value("contactId"), cancellationToken: page.Aborted);
        return page.Go($"/sessions?contact={Uri.EscapeDataString(page.Value("contactId"))}", "revoked");
    }

    private static async Task<IResult> RevokeAllAsync(Page page)
    {
        if ((await page.FormAsync()).Text("confirm") != Confirmation)
            return await ListAsync(page, new Failure(StatusCodes.Status400BadRequest, $"Nothing was revoked: type {Confirmation} to confirm."));
        await page.Api.Session.RevokeAllAsync(cancellationToken: page.Aborted);
        return page.Go("/sessions", "revoked");
    }

    private static async Task<IResult> ShowAuditAsync(Page page)
    {
        var type = page.Query("type");
        var plot = AuditPlot.ReadAsync(page);
        var records = await page.Api.Session.Audit.ListAsync(
            new() { Cursor = page.Query("cursor"), Take = PageSize, Type = type is null ? null : new SessionAuditType(type) }, page.Aborted);
        var check = page.Query("verify") is null ? null : await page.Api.Session.Audit.VerifyAsync(page.Aborted);
        return page.View<AuditView, AuditPage>(new AuditPage(records, type, check, await plot));
    }
}

/// <summary>A page of the sessions.</summary>
/// <param name="Sessions">The sessions.</param>
/// <param name="Status">The status of those that are shown; null for all.</param>
/// <param name="ContactId">The contact of those that are shown; null for all.</param>
/// <param name="Failure">Why nothing was revoked.</param>
public sealed record SessionList(ListResponse<SessionItem> Sessions, string? Status, string? ContactId, Failure? Failure);

/// <summary>A page of the audit.</summary>
/// <param name="Records">The records, newest first.</param>
/// <param name="Type">The type of those that are shown; null for all.</param>
/// <param name="Check">The result of the check of the chain; null when none was requested.</param>
/// <param name="Plot">The sessions of the last days.</param>
public sealed record AuditPage(ListResponse<SessionAuditItem> Records, string? Type, SessionAuditVerification? Check, Plot Plot);
