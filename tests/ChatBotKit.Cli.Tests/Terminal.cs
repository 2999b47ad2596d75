using ChatBotKit.Server.Tests;

namespace ChatBotKit.Cli.Tests;

/// <summary>The program with a keyboard and a screen for tests, and a temporary home folder.</summary>
internal sealed class Terminal : IDisposable
{
    private readonly WrittenText _out = new();
    private readonly WrittenText _error = new();
    private readonly Interrupts _interrupts = new();

    public string Home { get; } = Directory.CreateTempSubdirectory("chatbotkit-cli-").FullName;

    public Dictionary<string, string?> Variables { get; } = [];

    public TextReader In { get; set; } = TextReader.Null;

    /// <summary>Opens standard input for bytes.</summary>
    public Func<Stream> Input { get; set; } = () => Stream.Null;

    public string? TypedSecret { get; set; }

    /// <summary>Reads a secret; null for one that was already typed.</summary>
    public Func<string?>? SecretReader { get; set; }

    public bool IsInteractive { get; set; }

    public int Width { get; set; } = 80;

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    public string CredentialFile => Path.Combine(Home, "credentials.json");

    /// <summary>Creates a terminal whose environment has the server's address and its owner's token.</summary>
    public static Terminal SignedInTo(ServerFactory server) => new()
    {
        Variables = { ["CHATBOTKIT_URL"] = server.Address.ToString(), ["CHATBOTKIT_API_SECRET"] = ServerFactory.OwnerSecret },
    };

    public Surroundings Surroundings => new()
    {
        In = In,
        OpenInput = Input,
        Out = _out,
        Error = _error,
        IsInteractive = IsInteractive,
        Width = () => Width,
        ConfigDirectory = Home,
        Variable = name => Variables.GetValueOrDefault(name),
        ReadSecret = SecretReader ?? (() => TypedSecret),
        Interrupts = _interrupts,
    };

    /// <summary>Runs the program. The output of earlier runs is discarded.</summary>
    public Task<int> RunAsync(params string[] args)
    {
        Clear();
        return Cli.RunAsync(args, Surroundings);
    }

    public void Clear()
    {
        _out.Clear();
        _error.Clear();
    }

    /// <summary>Presses Ctrl+C.</summary>
    public void Interrupt() => Assert.True(_interrupts.Raise());

    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
        Directory.Delete(Home, recursive: true);
    }
}
