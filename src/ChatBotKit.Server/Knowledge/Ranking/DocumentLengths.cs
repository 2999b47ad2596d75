namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// The lengths of the documents of an index by their row, and their number and average. A value is one more than the length; 0 is
/// no document.
/// </summary>
internal sealed class DocumentLengths(ushort[] values, int count, long sum)
{
    /// <summary>The maximum length; longer documents are treated as if they had it.</summary>
    public const int Max = ushort.MaxValue - 1;

    /// <summary>The number of documents.</summary>
    public int Count => count;

    /// <summary>One more than the highest row.</summary>
    public int Rows => values.Length;

    /// <summary>The average length; never 0.</summary>
    public float Average => count == 0 ? 1 : Math.Max(1f, (float)sum / count);

    /// <summary>Whether the row is one of a document that is known here.</summary>
    public bool Contains(int row) => row < values.Length && values[row] > 0;

    public int Of(int row) => values[row] - 1;

    /// <summary>Returns the value for a length.</summary>
    public static ushort ValueOf(int length) => (ushort)(Math.Min(length, Max) + 1);
}
