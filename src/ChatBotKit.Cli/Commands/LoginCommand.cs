using System.CommandLine;
using ChatBotKit.Cli.Credentials;

namespace ChatBotKit.Cli.Commands;

/// <summary><c>cbk login</c> and <c>cbk logout</c>: stores an API token for later commands, and deletes it.</summary>
internal static class LoginCommand
{
    public static Command Create(Surroundings surroundings)
    {
        var server = new Argument<string?>("server")
        {
            Description = "Address of the API. Default: the hosted service.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("login", "Store an API token, read from the keyboard or from standard input.") { server };
        command.SetAction((parsed, token) => LoginAsync(surroundings, parsed.GetValue(server), token));
        return command;
    }

    public static Command CreateLogout(Surroundings surroundings)
    {
        var command = new Command("logout", "Delete the stored API token.");
        command.SetAction(async (_, _) =>
        {
            var file = CredentialFile.In(surroundings.ConfigDirectory);
            await surroundings.Error.WriteLineAsync(file.Delete() ? $"Deleted {file.Path}." : "No API token was stored.");
            return ExitCodes.Success;
        });
        return command;
    }

    private static async Task<int> LoginAsync(Surroundings surroundings, string? server, CancellationToken cancellationToken)
    {
        var url = server is null ? ChatBotKitClientOptions.DefaultBaseUrl : Connection.AddressOf(server);
        if (surroundings.IsInteractive)
            await surroundings.Error.WriteAsync($"API token for {url}: ");
        // A blocking read of the keyboard cannot be canceled, so it is abandoned on an interrupt.
        var secret = (await Task.Run(surroundings.ReadSecret, cancellationToken).WaitAsync(cancellationToken))?.Trim();
        if (string.IsNullOrEmpty(secret))
            throw new CliException("No API token was given.", ExitCodes.Usage);

        var options = new ChatBotKitClientOptions { Secret = secret, BaseUrl = url };
        // A token that the server refuses is not stored.
        await new ConversationClient(options).ListAsync(new ConversationListRequest { Take = 1 }, cancellationToken);
        var file = CredentialFile.In(surroundings.ConfigDirectory);
        file.Write(new Credential(url.ToString(), secret));
        await surroundings.Error.WriteLineAsync($"Stored in {file.Path}.");
        return ExitCodes.Success;
    }
}
