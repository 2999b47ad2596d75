using ChatBotKit.Server.Tests;

namespace ChatBotKit.Cli.Tests;

/// <summary>The program with a keyboard and a screen that a test can use, and a home folder that goes away.</summary>
internal sealed class Terminal : IDisposable
{
    private readonly WrittenText _out = new();
    private readonly WrittenText _error = new();
    private readonly Interrupts _interrupts = new();

    public string Home { get; } = Directory.CreateTempSubdirectory("chatbotkit-cli-").FullName;

    public Dictionary<string, string?> Variables { get; } = [];

    public TextReader In { get; set; } = TextReader.Null;

    public string? TypedSecret { get; set; }

    /// <summary>What waits for a secret; null for one that was typed already.</summary>
    public Func<string?>? SecretReader { get; set; }

    public bool IsInteractive { get; set; }

    public int Width { get; set; } = 80;

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    public string CredentialFile => Path.Combine(Home, "credentials.json");

    /// <summary>A terminal whose environment names the server and its owner's token.</summary>
    public static Terminal SignedInTo(ServerFactory server) => new()
    {
        Variables = { ["CHATBOTKIT_URL"] = server.Address.ToString(), ["CHATBOTKIT_API_SECRET"] = ServerFactory.OwnerSecret },
    };

    public Surroundings Surroundings => new()
    {
        In = In,
        Out = _out,
        Error = _error,
        IsInteractive = IsInteractive,
        Width = () => Width,
        ConfigDirectory = Home,
        Variable = name => Variables.GetValueOrDefault(name),
        ReadSecret = SecretReader ?? (() => TypedSecret),
        Interrupts = _interrupts,
    };

    /// <summary>Runs the program; what earlier runs have written is forgotten.</summary>
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

    /// <summary>Ctrl+C.</summary>
    public void Interrupt() => Assert.True(_interrupts.Raise());

    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
        Directory.Delete(Home, recursive: true);
    }
}
