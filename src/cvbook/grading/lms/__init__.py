"""Exchange of submissions and grades with a learning management system (LMS), by its own files.

- `roster`: the students in a CSV file of Canvas or Moodle, and that file filled with grades
- `downloads`: names of the files in a download of all submissions
- `archives`: files of a folder or ZIP file, ZIP files within included
- `collect`: the download's files in nbgrader's folders
"""
