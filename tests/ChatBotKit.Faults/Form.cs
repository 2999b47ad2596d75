using System.Globalization;

namespace ChatBotKit.Faults;

/// <summary>
/// The length of the runs of this project. The short form is part of <c>dotnet test</c>; <c>CHATBOTKIT_FAULTS=long</c> selects the
/// long one, and <c>CHATBOTKIT_SEED</c> repeats the run of one seed.
/// </summary>
internal static class Form
{
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("CHATBOTKIT_FAULTS") == "long";

    /// <summary>The seed to repeat; null for a new one.</summary>
    public static int? Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("CHATBOTKIT_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : null;

    public static T Pick<T>(T shortForm, T longForm) => IsLong ? longForm : shortForm;

    /// <summary>Prints the result of a run, even when it has passed.</summary>
    public static void Report(string line)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        if (IsLong)
            Console.WriteLine(line);
    }
}
