using System.CommandLine;
using ChatBotKit.Cli.Output;

namespace ChatBotKit.Cli.Commands;

/// <summary><c>cbk audit</c>: lists and verifies the audit records of sessions.</summary>
internal static class AuditCommand
{
    private static readonly string NoHash = new('0', 64);

    public static Command Create(Surroundings surroundings, Connection connection) => new("audit", "Audit records of sessions.")
    {
        List(surroundings, connection),
        Verify(surroundings, connection),
    };

    private static Command List(Surroundings surroundings, Connection connection)
    {
        var session = new Option<string?>("--session") { Description = "Only of this session." };
        var conversation = new Option<string?>("--conversation") { Description = "Only of this conversation." };
        var type = new Option<string?>("--type") { Description = "Only mint, refresh, revoke, refuse, use, rotateKey, revokeKey, createToken, revokeToken, refuseToken, backup, migrate, createUser or deleteUser." };
        var take = new Option<int?>("--take") { Description = "At most so many. Default: all." };
        var output = new OutputOptions(surroundings);
        var command = new Command("list", "List the records, newest first.") { session, conversation, type, take };
        output.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            var request = new SessionAuditListRequest
            {
                SessionId = parsed.GetValue(session),
                ConversationId = parsed.GetValue(conversation),
                Type = parsed.GetValue(type) is { } value ? new SessionAuditType(value) : null,
                Take = parsed.GetValue(take),
            };
            var records = connection.Open(parsed).Session.Audit.ListAsync(request, token);
            await new ResultWriter(surroundings, output.Of(parsed)).WriteAsync(ResultWriter.ToJsonItems(records));
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Verify(Surroundings surroundings, Connection connection)
    {
        var head = new Option<string?>("--head")
        {
            Description = "The hash that an earlier run printed. The record with this hash must still exist.",
        };
        var command = new Command("verify", "Read the whole chain of records and recompute every hash, without trusting the server.") { head };
        command.SetAction((parsed, token) => VerifyAsync(surroundings, connection.Open(parsed), parsed.GetValue(head), token));
        return command;
    }

    private static async Task<int> VerifyAsync(
        Surroundings surroundings, ChatBotKitApi api, string? head, CancellationToken cancellationToken)
    {
        var (number, previous, isHeadSeen) = (0L, NoHash, head is null);
        await foreach (var record in api.Session.Audit.ListAsync(new SessionAuditListRequest { Order = ListOrder.Ascending }, cancellationToken))
        {
            if (record.Number != number + 1 || record.PreviousHash != previous || record.Hash != record.ComputeHash())
                throw new CliException($"The chain is broken at record {number + 1}: it was changed, removed or inserted later.");
            (number, previous) = (record.Number, record.Hash);
            isHeadSeen |= record.Hash.Equals(head, StringComparison.OrdinalIgnoreCase);
        }

        if (!isHeadSeen)
            throw new CliException($"The chain is intact, but no record has the hash {head}: records were removed from its end, or all records were rewritten.");
        await surroundings.Error.WriteLineAsync($"{number} records, all valid. Keep the hash of the last record elsewhere for the next --head:");
        await surroundings.Out.WriteLineAsync(previous);
        return ExitCodes.Success;
    }
}
