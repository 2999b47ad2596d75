using System.Globalization;

namespace ChatBotKit.Bench;

/// <summary>What to measure, and for how long.</summary>
internal sealed record BenchOptions
{
    /// <summary>The benchmarks to run; empty for all.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The folders of texts, questions and judgements that rankings are measured with.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>The PDF files of the named folders and of those in them, whose text is compared with that of another program.</summary>
    public IReadOnlyList<string> PdfFiles { get; init; } = [];

    /// <summary>Whether to run a short version, which shows little more than that everything works.</summary>
    public bool IsQuick { get; init; }

    /// <summary>How often each contender is measured.</summary>
    public int Rounds { get; init; }

    /// <summary>How often each contender runs before it is measured, so that its code is fully optimized.</summary>
    public int WarmUps { get; init; }

    /// <summary>How long one contender is under load in one round.</summary>
    public TimeSpan LoadDuration => TimeSpan.FromMilliseconds(IsQuick ? 150 : 750);

    /// <summary>How long a process stays idle before its memory is read.</summary>
    public TimeSpan Settling => TimeSpan.FromMilliseconds(IsQuick ? 200 : 1000);

    /// <summary>The path of the server to measure.</summary>
    public string ServerPath { get; init; } = Path.Combine(AppContext.BaseDirectory, "ChatBotKit.Server.dll");

    /// <summary>Whether the command line sets <see cref="ServerPath"/>.</summary>
    public bool ServerIsNamed { get; init; }

    /// <summary>The path of the command-line program to measure, compiled ahead of time.</summary>
    public string? CliPath { get; init; }

    /// <summary>The path of the program that does nothing, compiled in the same way.</summary>
    public string? EmptyPath { get; init; }

    /// <summary>Parses the command line; returns null when it is invalid.</summary>
    public static BenchOptions? Parse(IReadOnlyList<string> args, IEnumerable<string> known)
    {
        var names = new List<string>();
        var folders = new List<string>();
        var pdfFiles = new List<string>();
        var options = new BenchOptions();
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] == "--quick")
                options = options with { IsQuick = true };
            else if (args[i] == "--rounds" && ++i < args.Count
                && int.TryParse(args[i], NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) && rounds > 0)
                options = options with { Rounds = rounds };
            else if (args[i] == "--server" && ++i < args.Count && File.Exists(args[i]))
                options = options with { ServerPath = Path.GetFullPath(args[i]), ServerIsNamed = true };
            else if (args[i] == "--cbk" && ++i < args.Count && File.Exists(args[i]))
                options = options with { CliPath = Path.GetFullPath(args[i]) };
            else if (args[i] == "--empty" && ++i < args.Count && File.Exists(args[i]))
                options = options with { EmptyPath = Path.GetFullPath(args[i]) };
            else if (known.Contains(args[i]))
                names.Add(args[i]);
            else if (File.Exists(Path.Combine(args[i], "qrels.tsv")))
                folders.Add(args[i]);
            else if (PdfFilesIn(args[i]) is { Count: > 0 } found)
                pdfFiles.AddRange(found);
            else
                return null;
        }

        return options with
        {
            Names = names,
            Folders = folders,
            PdfFiles = pdfFiles,
            Rounds = options.Rounds > 0 ? options.Rounds : options.IsQuick ? 2 : 5,
            WarmUps = options.IsQuick ? 1 : 2,
        };
    }

    private static IReadOnlyList<string> PdfFilesIn(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.pdf", SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
        : [];
}
