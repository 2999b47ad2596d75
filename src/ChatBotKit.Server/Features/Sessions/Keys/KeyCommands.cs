using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Features.Conversations.Sessions;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Sessions.Keys;

/// <summary>Lists, rotates and revokes signing keys for the owner of the server. Each command is stored with its audit records.</summary>
internal sealed class KeyCommands(IStore store, KeyRing keys, SessionAudit audit, TimeProvider time)
{
    public async Task<ListPiece<SessionKeyItem>> ListAsync(ListPage page, CancellationToken cancellationToken)
    {
        IEnumerable<SigningKeyRow> rows = await store.ListSigningKeysAsync(cancellationToken);
        if (!page.Descending)
            rows = rows.Reverse();
        if (page.Cursor is { } cursor)
            rows = rows.SkipWhile(row => row.Id != cursor).Skip(1);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return ListPiece.Of([.. rows.Take(page.Take).Select(row => row.ToItem(now))], page);
    }

    public async Task<IdResponse> RotateAsync(HttpContext context, IdempotentCall call, CancellationToken cancellationToken)
    {
        var id = await keys.RotateAsync(
            async (db, keyId) =>
            {
                await db.AuditAsync(audit.OfOwner(context, SessionAuditType.RotateKey, keyId));
                await db.RememberAsync(call.Answered(new IdResponse { Id = keyId }));
            },
            cancellationToken);
        return new IdResponse { Id = id };
    }

    public async Task<IdResponse> RevokeAsync(
        string keyId, HttpContext context, IdempotentCall call, CancellationToken cancellationToken)
    {
        var answer = new IdResponse { Id = keyId };
        await keys.RevokeAsync(
            keyId,
            async (db, newKeyId) =>
            {
                await db.AuditAsync(audit.OfOwner(context, SessionAuditType.RevokeKey, keyId));
                if (newKeyId is not null)
                    await db.AuditAsync(audit.OfOwner(context, SessionAuditType.RotateKey, newKeyId));
                await db.RememberAsync(call.Answered(answer));
            },
            cancellationToken);
        return answer;
    }
}
