using System.Globalization;
using ChatBotKit.Server.Configuration;

namespace ChatBotKit.Server.ModelProviders.Answers;

/// <summary>
/// The maximum length of one answer of a model, in characters. A character takes up to six bytes in JSON, and the SDK reads lines
/// of up to 32 MiB. A longer answer could be stored but never be read.
/// </summary>
internal static class AnswerLimit
{
    public const string Setting = "CHATBOTKIT_MAX_ANSWER_CHARACTERS";
    public const int Default = 4_000_000;

    public const int Most = 5_000_000;

    private const int Least = 1_000;

    /// <exception cref="StartupException">The setting is not a number in the allowed range.</exception>
    public static int Read(IConfiguration configuration)
    {
        var text = configuration[Setting];
        if (string.IsNullOrWhiteSpace(text))
            return Default;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var characters) && characters is >= Least and <= Most
            ? characters
            : throw new StartupException(
                string.Create(CultureInfo.InvariantCulture, $"{Setting} must be a whole number from {Least} to {Most}."));
    }

    public static ModelProviderException Exceeded(string provider, int characters) => new(
        provider, ModelFailure.Broken,
        string.Create(CultureInfo.InvariantCulture, $"The model provider {provider} sent more than the {characters} characters that an answer may hold; {Setting} sets the limit."));
}
