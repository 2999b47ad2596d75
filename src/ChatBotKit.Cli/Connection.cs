using System.CommandLine;
using ChatBotKit.Cli.Credentials;

namespace ChatBotKit.Cli;

/// <summary>
/// The address of the API and the credential. They come from an option, or else from the environment, or else from <c>cbk
/// login</c>.
/// </summary>
internal sealed class Connection(Surroundings surroundings)
{
    public const string SecretVariable = "CHATBOTKIT_API_SECRET";
    public const string UrlVariable = "CHATBOTKIT_URL";

    private const string Kept = "cbk login";

    private readonly Option<string?> _url = new("--url")
    {
        Description = $"Address of the API. Default: {UrlVariable}, else that of cbk login, else the hosted service.",
        Recursive = true,
        HelpName = "address",
    };

    private readonly Option<string?> _secret = new("--secret-file")
    {
        Description = $"File that holds the API token. Default: {SecretVariable}, else cbk login.",
        Recursive = true,
        HelpName = "file",
    };

    private readonly Option<string?> _runAs = new("--run-as")
    {
        Description = "Id of the child account to act for.",
        Recursive = true,
        HelpName = "account",
    };

    public IReadOnlyList<Option> Options => [_url, _secret, _runAs];

    /// <summary>Gets the address of the API; null until a command has opened the connection.</summary>
    public Uri? Address { get; private set; }

    /// <summary>Gets the source of the address, for messages.</summary>
    public string? AddressSource { get; private set; }

    /// <summary>Gets the source of the API token, for messages.</summary>
    public string? SecretSource { get; private set; }

    /// <exception cref="CliException">There is no credential, or the address is not valid.</exception>
    public ChatBotKitApi Open(ParseResult command) => new(OptionsOf(command));

    /// <exception cref="CliException">There is no credential, or the address is not valid.</exception>
    public ChatBotKitClientOptions OptionsOf(ParseResult command)
    {
        var kept = CredentialFile.In(surroundings.ConfigDirectory).Read();
        (var url, AddressSource) = First(
            (command.GetValue(_url), "--url"), (Text(UrlVariable), UrlVariable), (kept?.Url, Kept),
            (ChatBotKitClientOptions.DefaultBaseUrl.ToString(), "nothing else: the hosted service"));
        Address = AddressOf(url!);
        (var secret, SecretSource) = First(
            (SecretFrom(command.GetValue(_secret)), "--secret-file"), (Text(SecretVariable), SecretVariable), (SecretFor(Address, kept), Kept));
        if (secret is null)
        {
            throw new CliException(
                $"There is no API token for {Address}. Run cbk login{(AddressSource == Kept ? "" : $" {Address}")}, or set {SecretVariable}.",
                ExitCodes.NotAuthenticated);
        }

        return new ChatBotKitClientOptions { Secret = secret, BaseUrl = Address, RunAsUserId = command.GetValue(_runAs) };
    }

    /// <exception cref="CliException">The text is not a valid address.</exception>
    public static Uri AddressOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")
            ? address
            : throw new CliException($"\"{url}\" is not an address such as http://127.0.0.1:8080.", ExitCodes.Usage);

    /// <summary>Returns the stored token only when it was stored for this server.</summary>
    private static string? SecretFor(Uri address, Credential? kept) =>
        kept is not null && string.Equals(address.ToString().TrimEnd('/'), kept.Url.TrimEnd('/'), StringComparison.OrdinalIgnoreCase)
            ? kept.Secret
            : null;

    private static (string? Value, string? Source) First(params ReadOnlySpan<(string? Value, string Source)> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (candidate.Value is not null)
                return candidate;
        }

        return (null, null);
    }

    private string? Text(string variable) => surroundings.Variable(variable) is { Length: > 0 } value ? value : null;

    private static string? SecretFrom(string? file)
    {
        if (file is null)
            return null;
        try
        {
            return File.ReadAllText(file).Trim() is { Length: > 0 } secret ? secret : throw new CliException($"{file} is empty.", ExitCodes.Usage);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"{file} can't be read: {exception.Message}", ExitCodes.Usage);
        }
    }
}
