# fish completion for godwit

complete -c godwit -f
complete -c godwit -n __fish_use_subcommand -s V -l version -d 'Show the version'
complete -c godwit -n __fish_use_subcommand -s h -l help -d 'Show this help'
complete -c godwit -n __fish_use_subcommand -a init -d 'Make a vault'
complete -c godwit -n __fish_use_subcommand -a backup -d 'Back up a database into a vault'
complete -c godwit -n __fish_use_subcommand -a restore -d 'Restore a snapshot, or a part of it, into a database'
complete -c godwit -n __fish_use_subcommand -a list -d 'List the snapshots of a vault'
complete -c godwit -n __fish_use_subcommand -a show -d 'Show what a snapshot holds, or the columns of one of its datasets'
complete -c godwit -n __fish_use_subcommand -a cat -d 'Write the records of a dataset, as JSON lines or CSV'
complete -c godwit -n __fish_use_subcommand -a check -d 'Look for damage in a vault'
complete -c godwit -n __fish_use_subcommand -a demo -d 'Show backup and restore at work, on a server of its own'
complete -c godwit -n __fish_use_subcommand -a completion -d 'Write the completion script of a shell'
complete -c godwit -n __fish_use_subcommand -a help -d 'Tell about a command'

complete -c godwit -n '__fish_seen_subcommand_from init' -s q -l quiet -d 'Say nothing unless something is wrong'
complete -c godwit -n '__fish_seen_subcommand_from init' -l json -d 'Write JSON to stdout: one document, or for a run one line for each event'
complete -c godwit -n '__fish_seen_subcommand_from init' -l debug -d 'Show what happens inside, and where a failure arose'
complete -c godwit -n '__fish_seen_subcommand_from init' -s h -l help -d 'Show this help'
complete -c godwit -n '__fish_seen_subcommand_from init' -F

complete -c godwit -n '__fish_seen_subcommand_from backup' -l init -d 'Make the vault if there is none'
complete -c godwit -n '__fish_seen_subcommand_from backup' -l include -x -d 'Take only datasets that match; may be repeated'
complete -c godwit -n '__fish_seen_subcommand_from backup' -l exclude -x -d 'Leave datasets that match, even if included; may be repeated'
complete -c godwit -n '__fish_seen_subcommand_from backup' -l where -x -d 'Take only records that meet the condition, in the store\'s own language'
complete -c godwit -n '__fish_seen_subcommand_from backup' -l columns -x -d 'Take only these columns of a dataset'
complete -c godwit -n '__fish_seen_subcommand_from backup' -l source -x -d 'Call the source this, instead of by the server\'s own id and database'
complete -c godwit -n '__fish_seen_subcommand_from backup' -l tag -x -d 'Give the snapshot a tag; may be repeated'
complete -c godwit -n '__fish_seen_subcommand_from backup' -l keep-going -d 'Leave out datasets that fail; the snapshot is then not complete (exit 3)'
complete -c godwit -n '__fish_seen_subcommand_from backup' -l dry-run -d 'Only say what would be read'
complete -c godwit -n '__fish_seen_subcommand_from backup' -s j -l jobs -x -d 'Workers, and so connections (default: the cores, at most 8)'
complete -c godwit -n '__fish_seen_subcommand_from backup' -l password-command -x -d 'Run this in a shell; the first line that it prints is the store\'s password'
complete -c godwit -n '__fish_seen_subcommand_from backup' -l password-file -r -F -d 'The first line of this file is the store\'s password'
complete -c godwit -n '__fish_seen_subcommand_from backup' -s q -l quiet -d 'Say nothing unless something is wrong'
complete -c godwit -n '__fish_seen_subcommand_from backup' -l json -d 'Write JSON to stdout: one document, or for a run one line for each event'
complete -c godwit -n '__fish_seen_subcommand_from backup' -l debug -d 'Show what happens inside, and where a failure arose'
complete -c godwit -n '__fish_seen_subcommand_from backup' -s h -l help -d 'Show this help'
complete -c godwit -n '__fish_seen_subcommand_from backup' -F

complete -c godwit -n '__fish_seen_subcommand_from restore' -l snapshot -x -d 'latest (the default), the beginning of an id, or tag:WORD for the newest with a tag'
complete -c godwit -n '__fish_seen_subcommand_from restore' -l source -x -d 'Whose snapshot, where the vault holds several sources'
complete -c godwit -n '__fish_seen_subcommand_from restore' -l create -d 'Make the database if there is none'
complete -c godwit -n '__fish_seen_subcommand_from restore' -l include -x -d 'Take only datasets that match; may be repeated'
complete -c godwit -n '__fish_seen_subcommand_from restore' -l exclude -x -d 'Leave datasets that match, even if included; may be repeated'
complete -c godwit -n '__fish_seen_subcommand_from restore' -l rename -x -d 'Restore dataset A under the name B; may be repeated'
complete -c godwit -n '__fish_seen_subcommand_from restore' -l resume -d 'Go on with a restore that was killed; each partition is loaded exactly once'
complete -c godwit -n '__fish_seen_subcommand_from restore' -l dry-run -d 'Only say what would be restored, and what stands in the way'
complete -c godwit -n '__fish_seen_subcommand_from restore' -s j -l jobs -x -d 'Workers, and so connections (default: the cores, at most 8)'
complete -c godwit -n '__fish_seen_subcommand_from restore' -l password-command -x -d 'Run this in a shell; the first line that it prints is the store\'s password'
complete -c godwit -n '__fish_seen_subcommand_from restore' -l password-file -r -F -d 'The first line of this file is the store\'s password'
complete -c godwit -n '__fish_seen_subcommand_from restore' -s q -l quiet -d 'Say nothing unless something is wrong'
complete -c godwit -n '__fish_seen_subcommand_from restore' -l json -d 'Write JSON to stdout: one document, or for a run one line for each event'
complete -c godwit -n '__fish_seen_subcommand_from restore' -l debug -d 'Show what happens inside, and where a failure arose'
complete -c godwit -n '__fish_seen_subcommand_from restore' -s h -l help -d 'Show this help'
complete -c godwit -n '__fish_seen_subcommand_from restore' -F

complete -c godwit -n '__fish_seen_subcommand_from list' -l source -x -d 'Only snapshots of this source'
complete -c godwit -n '__fish_seen_subcommand_from list' -s q -l quiet -d 'Say nothing unless something is wrong'
complete -c godwit -n '__fish_seen_subcommand_from list' -l json -d 'Write JSON to stdout: one document, or for a run one line for each event'
complete -c godwit -n '__fish_seen_subcommand_from list' -l debug -d 'Show what happens inside, and where a failure arose'
complete -c godwit -n '__fish_seen_subcommand_from list' -s h -l help -d 'Show this help'
complete -c godwit -n '__fish_seen_subcommand_from list' -F

complete -c godwit -n '__fish_seen_subcommand_from show' -l snapshot -x -d 'latest (the default), the beginning of an id, or tag:WORD for the newest with a tag'
complete -c godwit -n '__fish_seen_subcommand_from show' -l source -x -d 'Whose snapshot, where the vault holds several sources'
complete -c godwit -n '__fish_seen_subcommand_from show' -s q -l quiet -d 'Say nothing unless something is wrong'
complete -c godwit -n '__fish_seen_subcommand_from show' -l json -d 'Write JSON to stdout: one document, or for a run one line for each event'
complete -c godwit -n '__fish_seen_subcommand_from show' -l debug -d 'Show what happens inside, and where a failure arose'
complete -c godwit -n '__fish_seen_subcommand_from show' -s h -l help -d 'Show this help'
complete -c godwit -n '__fish_seen_subcommand_from show' -F

complete -c godwit -n '__fish_seen_subcommand_from cat' -l snapshot -x -d 'latest (the default), the beginning of an id, or tag:WORD for the newest with a tag'
complete -c godwit -n '__fish_seen_subcommand_from cat' -l source -x -d 'Whose snapshot, where the vault holds several sources'
complete -c godwit -n '__fish_seen_subcommand_from cat' -l format -x -a 'json csv' -d 'json (the default) for JSON lines, or csv (RFC 4180)'
complete -c godwit -n '__fish_seen_subcommand_from cat' -l limit -x -d 'Write at most so many records'
complete -c godwit -n '__fish_seen_subcommand_from cat' -s q -l quiet -d 'Say nothing unless something is wrong'
complete -c godwit -n '__fish_seen_subcommand_from cat' -l json -d 'Write JSON to stdout: one document, or for a run one line for each event'
complete -c godwit -n '__fish_seen_subcommand_from cat' -l debug -d 'Show what happens inside, and where a failure arose'
complete -c godwit -n '__fish_seen_subcommand_from cat' -s h -l help -d 'Show this help'
complete -c godwit -n '__fish_seen_subcommand_from cat' -F

complete -c godwit -n '__fish_seen_subcommand_from check' -l read-data -d 'Read and verify every byte'
complete -c godwit -n '__fish_seen_subcommand_from check' -s j -l jobs -x -d 'Workers, and so connections (default: the cores, at most 8)'
complete -c godwit -n '__fish_seen_subcommand_from check' -s q -l quiet -d 'Say nothing unless something is wrong'
complete -c godwit -n '__fish_seen_subcommand_from check' -l json -d 'Write JSON to stdout: one document, or for a run one line for each event'
complete -c godwit -n '__fish_seen_subcommand_from check' -l debug -d 'Show what happens inside, and where a failure arose'
complete -c godwit -n '__fish_seen_subcommand_from check' -s h -l help -d 'Show this help'
complete -c godwit -n '__fish_seen_subcommand_from check' -F

complete -c godwit -n '__fish_seen_subcommand_from demo' -l keep -d 'Leave server, databases and vault running, and say how to stop them'
complete -c godwit -n '__fish_seen_subcommand_from demo' -s j -l jobs -x -d 'Workers, and so connections (default: the cores, at most 8)'
complete -c godwit -n '__fish_seen_subcommand_from demo' -l debug -d 'Show what happens inside, and where a failure arose'
complete -c godwit -n '__fish_seen_subcommand_from demo' -s h -l help -d 'Show this help'

complete -c godwit -n '__fish_seen_subcommand_from completion' -l debug -d 'Show what happens inside, and where a failure arose'
complete -c godwit -n '__fish_seen_subcommand_from completion' -s h -l help -d 'Show this help'
complete -c godwit -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'

complete -c godwit -n '__fish_seen_subcommand_from help' -l debug -d 'Show what happens inside, and where a failure arose'
complete -c godwit -n '__fish_seen_subcommand_from help' -s h -l help -d 'Show this help'
complete -c godwit -n '__fish_seen_subcommand_from help' -a 'init backup restore list show cat check demo completion help'
