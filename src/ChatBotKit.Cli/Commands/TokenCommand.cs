using System.CommandLine;
using System.Globalization;
using ChatBotKit.Cli.Output;

namespace ChatBotKit.Cli.Commands;

/// <summary><c>cbk token</c>: manages the API tokens of a server of this project.</summary>
internal static class TokenCommand
{
    public static Command Create(Surroundings surroundings, Connection connection) => new("token", "The API tokens of the server, for its owner.")
    {
        List(surroundings, connection),
        Make(surroundings, connection),
        Revoke(surroundings, connection),
    };

    private static Command List(Surroundings surroundings, Connection connection)
    {
        var output = new OutputOptions(surroundings);
        var command = new Command("list", "List the tokens, newest first, with their last use. The tokens themselves are never shown.");
        output.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            var tokens = connection.Open(parsed).Server.Token.ListAsync(cancellationToken: token);
            await new ResultWriter(surroundings, output.Of(parsed)).WriteAsync(ResultWriter.ToJsonItems(tokens));
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Make(Surroundings surroundings, Connection connection)
    {
        var name = new Argument<string>("name") { Description = "What the token is for." };
        var expires = new Option<string?>("--expires") { Description = "When it ends: a date such as 2030-01-31, or a time with its zone. Default: never." };
        var tokenOnly = new Option<bool>("--token-only") { Description = "Write the token and nothing else." };
        var output = new OutputOptions(surroundings);
        var command = new Command("create", "Create a token with all rights. It is shown once.") { name, expires, tokenOnly };
        output.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            var request = new ServerTokenCreateRequest { Name = parsed.GetValue(name), ExpiresAt = TimeOf(parsed.GetValue(expires)) };
            var made = await connection.Open(parsed).Server.Token.CreateAsync(request, token);
            if (parsed.GetValue(tokenOnly))
                await surroundings.Out.WriteLineAsync(made.Token);
            else
                await new ResultWriter(surroundings, output.Of(parsed)).WriteAsync(ResultWriter.ToJson(made));
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Revoke(Surroundings surroundings, Connection connection)
    {
        var id = new Argument<string>("id") { Description = "Id of the token, as the list shows it." };
        var command = new Command("revoke", "Revoke a token: it is refused at once, and its open streams are closed.") { id };
        command.SetAction(async (parsed, token) =>
        {
            await connection.Open(parsed).Server.Token.RevokeAsync(parsed.GetValue(id)!, token);
            await surroundings.Error.WriteLineAsync("Revoked.");
            return ExitCodes.Success;
        });
        return command;
    }

    private static DateTimeOffset? TimeOf(string? text)
    {
        if (text is null)
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new CliException($"'{text}' is neither a date such as 2030-01-31 nor a time such as 2030-01-31T18:00:00Z.");
    }
}
