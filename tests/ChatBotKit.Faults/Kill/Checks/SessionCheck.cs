using System.Net;
using System.Text.Json;
using ChatBotKit.Faults.Kill.Writers;

namespace ChatBotKit.Faults.Kill.Checks;

/// <summary>Checks that valid sessions are accepted and revoked ones refused, and that the audit has each step once.</summary>
internal sealed class SessionCheck(ApiConnection api, Findings findings)
{
    public async Task CheckAsync(SessionRecord session)
    {
        if (session.IsUncertain)
            return;
        var status = await api.StatusAsync($"v1/conversation/{session.Conversation.Id}/message/list?take=1", session.Token);
        if (session.IsRevoked && status != HttpStatusCode.Unauthorized)
            findings.Lose($"revocation of session {session.Id}: {status}");
        else if (!session.IsRevoked && status != HttpStatusCode.OK)
            findings.Lose($"session {session.Id}: {status}");
    }

    public async Task CheckAuditChainAsync()
    {
        var chain = await api.GetAsync("v1/session/audit/verify", Writer.OwnerSecret);
        if (!chain.GetProperty("valid").GetBoolean())
            findings.Fault($"the audit chain is broken: {chain}");
    }

    /// <summary>Compares the audit records with every session of the run.</summary>
    public async Task CheckAuditRecordsAsync(IEnumerable<SessionRecord> sessions)
    {
        var minted = await CountAsync("mint");
        var revoked = await CountAsync("revoke");
        var refreshed = await CountAsync("refresh");
        foreach (var session in sessions)
        {
            findings.Once(minted.GetValueOrDefault(session.Id), $"audit record of the mint of session {session.Id}");
            findings.AtMostOnce(revoked.GetValueOrDefault(session.Id), $"audit record of the revocation of session {session.Id}");
            if (session.IsRevoked && !revoked.ContainsKey(session.Id))
                findings.Lose($"audit record of the revocation of session {session.Id}");
            if (!session.IsUncertain)
                findings.Once(1 + refreshed.GetValueOrDefault(session.Id) - session.Refreshed, $"audit record of a refresh of session {session.Id}");
        }
    }

    private async Task<Dictionary<string, int>> CountAsync(string type)
    {
        var records = await api.ListAsync($"v1/session/audit/list?type={type}", Writer.OwnerSecret);
        return records.GroupBy(SessionIdOf).ToDictionary(same => same.Key, same => same.Count());
    }

    private static string SessionIdOf(JsonElement record) => record.GetProperty("sessionId").GetString()!;
}
