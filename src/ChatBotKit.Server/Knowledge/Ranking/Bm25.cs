namespace ChatBotKit.Server.Knowledge;

/// <summary>The ranking function BM25, with the usual constants.</summary>
internal static class Bm25
{
    /// <summary>How often a word in a title counts.</summary>
    public const int TitleWeight = 2;

    /// <summary>How much the parts of words count beside the words.</summary>
    public const float GramWeight = 0.5f;

    private const float K1 = 1.2f;
    private const float B = 0.75f;

    /// <summary>Returns the weight of a term by the number of documents that have it. It is positive even where all of them do.</summary>
    public static float Idf(int found, int documents) => MathF.Log(1 + (Math.Max(0, documents - found) + 0.5f) / (found + 0.5f));

    /// <summary>Returns the part of the score that does not depend on the term.</summary>
    public static float Saturation(int count, int length, float averageLength) =>
        count * (K1 + 1) / (count + K1 * (1 - B + B * length / averageLength));
}
