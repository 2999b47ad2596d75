namespace ChatBotKit;

/// <summary>How the vectors of the tokens of a text become the vector of the text.</summary>
public enum OnnxPooling
{
    /// <summary>The mean of the vectors of all tokens.</summary>
    Mean,

    /// <summary>The vector of the first token, which stands for the whole text in some models.</summary>
    FirstToken,
}
