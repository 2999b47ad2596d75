using System.CommandLine;
using ChatBotKit.Cli.Output;

namespace ChatBotKit.Cli.Commands;

/// <summary><c>cbk session</c>: mints, lists, refreshes and revokes sessions.</summary>
internal static class SessionCommand
{
    public static Command Create(Surroundings surroundings, Connection connection) => new("session", "Sessions, with which end users access one conversation.")
    {
        Mint(surroundings, connection),
        List(surroundings, connection),
        Refresh(surroundings, connection),
        Revoke(surroundings, connection),
    };

    private static Command Mint(Surroundings surroundings, Connection connection)
    {
        var conversation = ConversationArgument();
        var terms = new SessionTermOptions();
        var tokenOnly = new Option<bool>("--token-only") { Description = "Write the token and nothing else." };
        var output = new OutputOptions(surroundings);
        var command = new Command("mint", "Create a session. The token is shown once.") { conversation, tokenOnly };
        terms.AddTo(command);
        output.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            var session = await connection.Open(parsed).Conversation.Session.CreateAsync(
                parsed.GetValue(conversation)!, terms.Read(parsed), token);
            if (parsed.GetValue(tokenOnly))
                await surroundings.Out.WriteLineAsync(session.Token);
            else
                await new ResultWriter(surroundings, output.Of(parsed)).WriteAsync(ResultWriter.ToJson(session));
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command List(Surroundings surroundings, Connection connection)
    {
        var conversation = new Option<string?>("--conversation") { Description = "Only of this conversation." };
        var contact = new Option<string?>("--contact") { Description = "Only of this contact." };
        var status = new Option<string?>("--status") { Description = "Only active, expired or revoked ones." };
        var take = new Option<int?>("--take") { Description = "At most so many. Default: all." };
        var output = new OutputOptions(surroundings);
        var command = new Command("list", "List sessions, newest first. Tokens are never shown.") { conversation, contact, status, take };
        output.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            var request = new SessionListRequest
            {
                ConversationId = parsed.GetValue(conversation),
                ContactId = parsed.GetValue(contact),
                Status = parsed.GetValue(status) is { } value ? new SessionStatus(value) : null,
                Take = parsed.GetValue(take),
            };
            var sessions = connection.Open(parsed).Session.ListAsync(request, token);
            await new ResultWriter(surroundings, output.Of(parsed)).WriteAsync(ResultWriter.ToJsonItems(sessions));
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Refresh(Surroundings surroundings, Connection connection)
    {
        var conversation = ConversationArgument();
        var session = SessionArgument(required: true);
        var duration = new Option<int?>("--duration") { Description = "Seconds that the new token is good. Default: as long as the first." };
        var output = new OutputOptions(surroundings);
        var command = new Command("refresh", "Create a new token for a session.") { conversation, session, duration };
        output.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            var refreshed = await connection.Open(parsed).Conversation.Session.RefreshAsync(
                parsed.GetValue(conversation)!, parsed.GetValue(session)!,
                new SessionRefreshRequest { DurationInSeconds = parsed.GetValue(duration) }, token);
            await new ResultWriter(surroundings, output.Of(parsed)).WriteAsync(ResultWriter.ToJson(refreshed));
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Revoke(Surroundings surroundings, Connection connection)
    {
        var conversation = new Argument<string?>("conversation") { Description = "Id of the conversation.", Arity = ArgumentArity.ZeroOrOne };
        var session = SessionArgument(required: false);
        var contact = new Option<string?>("--contact") { Description = "All sessions of this contact." };
        var all = new Option<bool>("--all") { Description = "All sessions of the account." };
        var reason = new Option<string?>("--reason") { Description = "Why, for the audit record; or @file with it." };
        var command = new Command("revoke", "Revoke one session, or all sessions of a conversation, of a contact or of the account.")
        {
            conversation, session, contact, all, reason,
        };
        command.Validators.Add(result =>
        {
            var chosen = new[] { result.GetValue(conversation) is not null, result.GetValue(contact) is not null, result.GetValue(all) };
            if (chosen.Count(one => one) != 1)
                result.AddError("Name a conversation, or --contact, or --all.");
        });
        command.SetAction(async (parsed, token) =>
        {
            var api = connection.Open(parsed);
            var why = new SessionRevokeRequest { Reason = await surroundings.Texts.ReadAsync("--reason", parsed.GetValue(reason), token) };
            var revoked = parsed.GetValue(conversation) is { } id
                ? await RevokeInAsync(api, id, parsed.GetValue(session), why, token)
                : parsed.GetValue(contact) is { } person
                    ? (await api.Contact.Session.RevokeAllAsync(person, why, token)).Revoked
                    : (await api.Session.RevokeAllAsync(why, token)).Revoked;
            await surroundings.Error.WriteLineAsync(revoked == 1 ? "Revoked 1 session." : $"Revoked {revoked} sessions.");
            return ExitCodes.Success;
        });
        return command;
    }

    private static async Task<int> RevokeInAsync(
        ChatBotKitApi api, string conversation, string? session, SessionRevokeRequest why, CancellationToken cancellationToken)
    {
        if (session is null)
            return (await api.Conversation.Session.RevokeAllAsync(conversation, why, cancellationToken)).Revoked;
        await api.Conversation.Session.RevokeAsync(conversation, session, why, cancellationToken);
        return 1;
    }

    private static Argument<string> ConversationArgument() => new("conversation") { Description = "Id of the conversation." };

    private static Argument<string?> SessionArgument(bool required) => new("session")
    {
        Description = "Id of the session.",
        Arity = required ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
    };
}
