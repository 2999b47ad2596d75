using System.Globalization;

namespace ChatBotKit.Bench.Harness;

/// <summary>The limit of open files and connections of a process on this machine.</summary>
internal static class OpenFiles
{
    private const int Reserve = 1_000;

    /// <summary>The maximum number of streams. Each takes two connections in a process: one to the client and one to the model.</summary>
    public static int MostStreams { get; } = (Limit() - Reserve) / 2;

    private static int Limit()
    {
        const string Limits = "/proc/self/limits";
        if (!File.Exists(Limits))
            return 4_096;
        var line = File.ReadLines(Limits).First(one => one.StartsWith("Max open files", StringComparison.Ordinal));
        // The columns are the name, the soft limit, the hard limit and the unit. The runtime raises the soft limit to the hard one.
        var columns = line["Max open files".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return int.TryParse(columns[0], NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : int.MaxValue;
    }
}
