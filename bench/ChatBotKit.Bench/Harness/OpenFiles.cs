using System.Globalization;

namespace ChatBotKit.Bench.Harness;

/// <summary>How many files and connections a process may have open here.</summary>
internal static class OpenFiles
{
    private const int Reserve = 1_000;

    /// <summary>Each stream takes two connections of each process: one to the client and one to the model.</summary>
    public static int MostStreams { get; } = (Limit() - Reserve) / 2;

    private static int Limit()
    {
        const string Limits = "/proc/self/limits";
        if (!File.Exists(Limits))
            return 4_096;
        var line = File.ReadLines(Limits).First(one => one.StartsWith("Max open files", StringComparison.Ordinal));
        // The columns are the name, the soft limit, the hard one and the unit; the runtime raises the soft one by itself.
        var columns = line["Max open files".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return int.TryParse(columns[0], NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : int.MaxValue;
    }
}
